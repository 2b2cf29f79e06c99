// SPDX-License-Identifier: Apache-2.0
#include "app/document.hpp"

#include "base/error.hpp"
#include "pages/error_guide.hpp"
#include "pages/language.hpp"

#include <array>
#include <string_view>

namespace sekisho::app
{
namespace
{

constexpr std::array<std::string_view, 4> loudness_names{"debug", "info", "warning", "error"};

std::string section(const error_row& row)
{
    const auto& words = pages::words_of(row.code, pages::language::en);
    const auto& guide = pages::guide(row.code);
    std::string text = "\n## " + std::string(row.name) + "\n\n";
    text.append(row.summary).append(" Answered with status ").append(std::to_string(row.status));
    text.append(", logged at level `")
        .append(loudness_names.at(static_cast<std::size_t>(row.loudness)))
        .append("`.\n\n");
    text.append("A person reads: *").append(words.title).append(".* ").append(words.happened).append("\n\n");
    text.append("**Causes.** ").append(guide.causes).append("\n\n");
    text.append("**What to do.** ").append(guide.remedy).append("\n");
    return text;
}

} // namespace

std::string errors_reference()
{
    std::string text = R"(# Errors

<!-- Written by `sekisho config errors`; change src/base/error.cpp and src/pages/ instead. -->

Every refusal has one stable code. It stands on the page a person sees, in the JSON a program gets, in the log line
(`code`) and in the metric `sekisho_refusals_total{code="…"}`. The page also shows a request id; the log line with the
same id says which step failed (`where`) and what was found (`detail`).

| code | status | meaning |
|---|---|---|
)";
    std::string sections;
    for (const auto& row : all_errors())
    {
        if (!pages::is_shown(row.code))
            continue;
        const std::string name(row.name);
        text.append("| [`").append(name).append("`](#").append(name).append(") | ");
        text.append(std::to_string(row.status)).append(" | ").append(row.summary).append(" |\n");
        sections.append(section(row));
    }
    return text + sections;
}

} // namespace sekisho::app
