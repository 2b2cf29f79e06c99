// SPDX-License-Identifier: Apache-2.0
#include "app/document.hpp"

#include "base/error.hpp"
#include "pages/error_guide.hpp"

#include <array>
#include <string_view>

namespace sekisho::app
{
namespace
{

using pages::language;

constexpr std::array<std::string_view, 4> loudness_names{"debug", "info", "warning", "error"};

constexpr std::string_view english_introduction = R"(# Errors

<!-- Written by `sekisho config errors`; change src/base/errors/ and src/pages/errors/ instead. -->

Every refusal has one stable code. It stands on the page a person sees, in the JSON a program gets, in the log line
(`code`) and in the metric `sekisho_refusals_total{code="…"}`. The page also shows a request id; the log line with the
same id says which step failed (`where`) and what was found (`detail`). People of `admin.users` and `admin.groups` who are
signed in read both on the page itself, and so does for ten minutes whoever opened the test page with a ticket of
`sekisho check`.

日本語: [エラー一覧](ja/errors.md)

| code | status | meaning |
|---|---|---|
)";

constexpr std::string_view japanese_introduction = R"(# エラー一覧

<!-- Written by `sekisho config errors-ja`; change src/base/errors/ and src/pages/errors/ instead. -->

リクエストを断るときは、必ず決まったエラーコードが付きます。コードは、画面、プログラム向けの JSON、ログの `code`、メトリクス
`sekisho_refusals_total{code="…"}` に共通です。画面にはリクエスト ID も表示されます。同じリクエスト ID のログの行に、失敗した処理
（`where`）と、期待した値や実際の値（`detail`）が記録されています。サインイン中の管理者（`admin.users`、`admin.groups`）と、
`sekisho check` が表示するチケットでテストページを開いた人（10 分間）には、画面にも同じ詳細が表示されます。

English: [Errors](../errors.md)

| コード | ステータス | 意味 |
|---|---|---|
)";

// A sentence on what the code means.
std::string_view meaning(const error_row& row, language in)
{
    return in == language::ja ? pages::words_of(row.code, in).happened : row.summary;
}

std::string english_section(const error_row& row)
{
    const auto& words = pages::words_of(row.code, language::en);
    std::string text(row.summary);
    text.append(" Answered with status ").append(std::to_string(row.status));
    text.append(", logged at level `")
        .append(loudness_names.at(static_cast<std::size_t>(row.loudness)))
        .append("`.\n\n");
    text.append("A person reads: *").append(words.title).append(".* ").append(words.happened).append("\n\n");
    return text;
}

std::string japanese_section(const error_row& row)
{
    const auto& words = pages::words_of(row.code, language::ja);
    std::string text("ステータス ");
    text.append(std::to_string(row.status)).append("、ログレベル `");
    text.append(loudness_names.at(static_cast<std::size_t>(row.loudness))).append("`。\n\n");
    text.append("画面の表示:「").append(words.title).append("」").append(words.happened).append("\n\n");
    return text;
}

std::string section(const error_row& row, language in)
{
    const auto is_japanese = in == language::ja;
    const auto& guide = pages::guide(row.code, in);
    std::string text = "\n## " + std::string(row.name) + "\n\n";
    text.append(is_japanese ? japanese_section(row) : english_section(row));
    text.append(is_japanese ? "**考えられる原因** " : "**Causes.** ").append(guide.causes).append("\n\n");
    text.append(is_japanese ? "**対処** " : "**What to do.** ").append(guide.remedy).append("\n");
    return text;
}

} // namespace

std::string errors_reference(language in)
{
    std::string text(in == language::ja ? japanese_introduction : english_introduction);
    std::string sections;
    for (const auto& row : all_errors())
    {
        if (!pages::is_shown(row.code))
            continue;
        const std::string name(row.name);
        text.append("| [`").append(name).append("`](#").append(name).append(") | ");
        text.append(std::to_string(row.status)).append(" | ").append(meaning(row, in)).append(" |\n");
        sections.append(section(row, in));
    }
    return text + sections;
}

} // namespace sekisho::app
