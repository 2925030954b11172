from pathlib import Path

import pytest

from macros.page_text import PageText, Section, read_page

SHELL = "<html><head><title>窗口标题 - 方案库</title></head><body><nav>导航</nav>{}<footer>页脚</footer></body></html>"


def page(folder: Path, content: str, name: str = "page.html") -> PageText:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SHELL.format(f'<article class="x">{content}</article>'), "utf-8")
    found = read_page(folder, path)
    assert found is not None
    return found


def text(folder: Path, content: str) -> str:
    return page(folder, content).text


def test_a_page_is_cut_at_headings_that_have_an_id(tmp_path: Path) -> None:
    content = '<p>前</p><h1 id="_1">甲方案</h1><p>开头</p><h2 id="goal">目标</h2><p>做好</p><h3>小标题</h3><p>完</p>'
    assert page(tmp_path, content, "plans/甲.html") == PageText(
        url="plans/%E7%94%B2.html",
        title="甲方案",
        text="前 开头",
        sections=(Section("goal", "目标", "做好 小标题 完"),),
    )


def test_only_the_first_h1_is_the_title(tmp_path: Path) -> None:
    found = page(tmp_path, '<h1 id="a">一</h1><h1 id="b">二</h1><p>文</p>')
    assert (found.title, found.sections) == ("一", (Section("b", "二", "文"),))


def test_h5_and_deeper_stay_in_their_section(tmp_path: Path) -> None:
    assert page(tmp_path, '<h4 id="a">四</h4><h5 id="b">五</h5>文').sections == (Section("a", "四", "五 文"),)


def test_a_page_without_h1_is_called_what_its_window_is(tmp_path: Path) -> None:
    assert page(tmp_path, "<p>文</p>").title == "窗口标题 - 方案库"


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>let 甲</script>",
        "<style>甲{}</style>",
        "<template><p>甲</p></template>",
        "<p hidden>甲</p>",
        "<select><option>甲<option selected>乙</select>",
        "<button>甲</button>",
        '<a class="headerlink" href="#a">¶</a>',
        "<svg><title>甲</title><path/></svg>",
        "<!-- 甲 -->",
        '<img alt="甲">',
        '<input value="甲">',
    ],
)
def test_what_a_reader_does_not_see_is_left_out(tmp_path: Path, unseen: str) -> None:
    assert text(tmp_path, f"<p>前</p>{unseen}<p>后</p>") == "前 后"


def test_what_stands_beside_the_content_is_kept_apart(tmp_path: Path) -> None:
    found = page(tmp_path, '<p>前</p><div data-search="off"><p>旁<b>边</b></p>一</div><h2 id="a">标</h2><p>后</p>')
    assert (found.text, found.aside, found.sections) == ("前", "旁边 一", (Section("a", "标", "后"),))


def test_a_mark_of_the_site_inside_a_sentence_stays_in_it(tmp_path: Path) -> None:
    assert text(tmp_path, '<p>甲<span data-search="off">编</span>乙</p>') == "甲编乙"


def test_a_heading_beside_the_content_starts_no_section(tmp_path: Path) -> None:
    found = page(tmp_path, '<div data-search="off"><h2 id="a">甲</h2></div><p>文</p>')
    assert (found.sections, found.aside, found.text) == ((), "甲", "文")


def test_a_task_is_a_section_of_its_own_and_what_follows_is_not(tmp_path: Path) -> None:
    task = '<li id="task-x"><label><input>报名</label><dl data-search="off"><dt>责任</dt><dd>科室</dd></dl></li>'
    found = page(tmp_path, f'<h2 id="a">清单</h2><ul>{task}<li>别的</li></ul><p>完</p>')
    assert found.sections == (Section("a", "清单", "别的 完"), Section("task-x", "报名", "", "责任 科室"))


def test_an_award_is_named_by_the_first_cell_of_its_row(tmp_path: Path) -> None:
    found = page(tmp_path, '<table><tr id="award-x"><th>最佳<b>窗口</b></th><td>集体</td></tr></table>')
    assert found.sections == (Section("award-x", "最佳窗口", "集体"),)


def test_quotes_in_an_attribute_end_no_tag(tmp_path: Path) -> None:
    assert text(tmp_path, """<p title="a > hidden b" data-x='"'>文</p>""") == "文"


def test_words_are_parted_where_the_reader_sees_them_apart_and_nowhere_else(tmp_path: Path) -> None:
    assert text(
        tmp_path, "<p>文<b>明</b><em>窗</em>口</p><p>下<br>一</p><table><tr><td>甲</td><td>乙</td></tr></table>"
    ) == ("文明窗口 下 一 甲 乙")


def test_a_reading_above_a_character_does_not_part_the_word(tmp_path: Path) -> None:
    assert text(tmp_path, "<ruby>文<rp>(</rp><rt>wén</rt><rp>)</rp>明</ruby>") == "文明"


def test_a_line_broken_inside_a_chinese_sentence_is_joined(tmp_path: Path) -> None:
    assert text(tmp_path, "<p>文明\n  窗口，\n创建 new\nplan 方案</p>") == "文明窗口，创建 new plan 方案"


def test_characters_that_take_no_room_are_left_out(tmp_path: Path) -> None:
    assert text(tmp_path, "<p>文\u200b明&shy;窗&#xfeff;口\u00a0好</p>") == "文明窗口 好"


def test_entities_are_read_as_characters(tmp_path: Path) -> None:
    assert text(tmp_path, "<p>&lt;b&gt; &amp;amp; &#25991;</p>") == "<b> &amp; 文"


def test_end_tags_that_are_missing_or_too_many_do_no_harm(tmp_path: Path) -> None:
    assert text(tmp_path, "</div><ul><li>甲<li>乙</ul></p><span>丙") == "甲 乙 丙"


def test_a_page_carries_its_kind_and_unit(tmp_path: Path) -> None:
    found = page(tmp_path, '<div data-search-kind="方案" data-search-unit="hospital"></div>')
    assert (found.kind, found.unit) == ("方案", "hospital")


def test_main_is_read_where_there_is_no_article(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(SHELL.format("<main><p>文</p></main>"), "utf-8")
    found = read_page(tmp_path, path)
    assert found is not None
    assert found.text == "文"


def test_a_file_without_content_is_no_page(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(SHELL.format(""), "utf-8")
    assert read_page(tmp_path, path) is None
