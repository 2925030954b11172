"""Measurements that take long: `python3 run.py bench NAME`. Each prints ratios from one run, side by side."""
