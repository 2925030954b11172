"""What stops a publication, in one sentence with what to do."""

from __future__ import annotations

import errno


class Refused(Exception):
    """Carry the sentence that the person at the terminal needs."""


_REASONS = {
    errno.ENOSPC: "磁盘满了，请腾出空间再运行一次",
    errno.EDQUOT: "磁盘配额用完了，请腾出空间再运行一次",
    errno.EFBIG: "文件超过了允许的大小，请检查磁盘配额（ulimit）",
    errno.EROFS: "那个磁盘是只读的，请换一个能写的位置，或者让管理员改成可写",
    errno.EACCES: "没有写的权限，请用有权限的账号运行，或者让管理员开放这个文件夹",
    errno.EPERM: "没有写的权限，请用有权限的账号运行，或者让管理员开放这个文件夹",
    errno.ENOLCK: "这个位置不能加锁，请先发布到本机磁盘，再整个复制过去",
    errno.ENOTSUP: "这个位置不能加锁，请先发布到本机磁盘，再整个复制过去",
    errno.ENOTDIR: "写的位置不是文件夹",
    errno.EIO: "读写磁盘出错，请检查磁盘或网络",
}


def explain(error: OSError) -> str:
    """Say what an error of the disk means."""
    reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
    return f"{reason}（{error.filename}）" if error.filename else reason
