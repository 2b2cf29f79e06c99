// SPDX-License-Identifier: Apache-2.0
#include "settings/document.hpp"

#include "settings/setting.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace sekisho::settings
{
namespace
{

using ordered = nlohmann::ordered_json;

const model defaults;

constexpr std::array<std::string_view, 3> required{"oidc.issuer", "oidc.client_id", "upstream.url"};

constexpr std::string_view providers_reference = R"(
## providers

Further providers, among whom people choose. Every setting of `oidc` exists once more for each of them:

| setting | environment |
|---|---|
| `providers.<name>.issuer` | `PROVIDERS_<NAME>_ISSUER` |
| `providers.<name>.client_secret` | `PROVIDERS_<NAME>_CLIENT_SECRET`<br>`PROVIDERS_<NAME>_CLIENT_SECRET_FILE` |

and so on. A name has small letters, digits and `-`, which is `_` in the environment: `providers.staff-eu.issuer` is
`PROVIDERS_STAFF_EU_ISSUER`. The section `oidc` is the provider called `default`; it need not be there when there are
others.

```yaml
providers:
  staff:
    issuer: https://example.okta.com
    client_id: sekisho
    label: Staff
    email_domains: [example.com]
  partners:
    issuer: https://accounts.google.com
    client_id: 1234.apps.googleusercontent.com
    client_secret_file: /run/secrets/google
```
)";

constexpr std::string_view providers_help =
    R"(Further providers, among whom people choose.
  --providers.<name>.issuer  PROVIDERS_<NAME>_ISSUER
      Every setting of oidc exists once more for each of them.
)";

constexpr std::string_view providers_example = R"(
# Further providers, among whom people choose: every setting of oidc exists once more for each of them, below its name.
# In the environment: PROVIDERS_STAFF_ISSUER.
#providers:
#  staff:
#    issuer: https://example.okta.com
#    client_id: sekisho
#    label: Staff
#    email_domains: [example.com]
)";

bool is_required(const row& of) { return std::ranges::find(required, of.path) != required.end(); }

std::string escaped_cell(std::string text)
{
    for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2)
        text.insert(at, "\\");
    return text;
}

std::string code(std::string_view text) { return text.empty() ? "" : "`" + std::string(text) + "`"; }

std::string form_name(const row& of)
{
    if (of.kind.type == form_type::choice)
    {
        std::string names;
        for (const auto choice : of.kind.choices)
            names.append(names.empty() ? "" : ", ").append(code(choice));
        return names;
    }
    return of.is_list ? "list of " + std::string(of.kind.name) : std::string(of.kind.name);
}

std::string environment_cell(const row& of)
{
    auto cell = code(environment_name(of.path));
    for (const auto& each : twins)
        if (of.takes(each.gives))
            cell.append("<br>").append(code(environment_name(of.path) + std::string(each.variable_end)));
    for (const auto alias : of.aliases)
        if (!alias.empty())
            cell.append("<br>also ").append(code(alias));
    return cell;
}

std::string reference_row(const row& of)
{
    const auto value = of.print(defaults);
    return "| " + code(of.path) + " | " + environment_cell(of) + " | " + form_name(of) + " | " + code(value) +
           " | " + escaped_cell(std::string(of.meaning)) + " |\n";
}

// Breaks at spaces; every line begins with `indent`.
std::string wrapped(std::string_view text, std::string_view indent)
{
    constexpr std::size_t width = 100;
    std::string lines;
    std::string line(indent);
    while (!text.empty())
    {
        const auto end = std::min(text.find(' '), text.size());
        const auto word = text.substr(0, end);
        if (line.size() > indent.size() && line.size() + 1 + word.size() > width)
        {
            lines.append(line).append("\n");
            line = indent;
        }
        if (line.size() > indent.size())
            line.append(" ");
        line.append(word);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines.append(line).append("\n");
}

std::string without_code_marks(std::string_view text)
{
    std::string plain(text);
    std::erase(plain, '`');
    return plain;
}

// A YAML scalar: quoted where YAML would read something else into it.
std::string yaml_text(const std::string& value)
{
    const bool is_plain = !value.empty() && value.find_first_of(":#,[]{}&*!|>'\"%@` ") == std::string::npos &&
                          !value.starts_with('-');
    if (is_plain || value.starts_with("http"))
        return value;
    return ordered(value).dump(); // JSON's quoting is YAML's
}

std::string yaml_value(const row& of, const std::string& value)
{
    if (!of.is_list)
    {
        const bool is_version = of.kind.type == form_type::choice && value.find_first_of("0123456789") == 0;
        if (is_version) // 1.2 would be a number to other readers
            return ordered(value).dump();
        return of.kind.type == form_type::text ? yaml_text(value) : value;
    }
    std::string list;
    for (const auto& item : split_list(value, of.kind.separated_by))
        list.append(list.empty() ? "" : ", ").append(yaml_text(item));
    return "[" + list + "]";
}

std::string example_row(const row& of)
{
    auto text = wrapped(without_code_marks(of.meaning), "  # ");
    if (of.is_secret())
        return text + "  #" + std::string(of.name()) + "_file: /run/secrets/" + std::string(of.section()) +
               "_" + std::string(of.name()) + "\n";
    const auto value = of.example.empty() ? of.print(defaults) : std::string(of.example);
    return text + (is_required(of) ? "  " : "  #") + std::string(of.name()) + ": " + yaml_value(of, value) +
           "\n";
}

} // namespace

std::string reference()
{
    std::string text = R"(# Configuration

<!-- Written by `sekisho config reference`; change src/settings/rows_*.cpp instead. -->

A setting can be given in four places. The first that has it wins:

1. the command line: `--oidc.issuer=https://login.example.com` (or `--set oidc.issuer=…`)
2. the environment: `OIDC_ISSUER`. An empty variable counts as not set.
3. the file named by `--config` or `SEKISHO_CONFIG`: YAML, each section with its settings indented below it
4. the default

A list is a YAML list, or one text with commas or spaces between the items, unless the setting says otherwise. A duration is a number and a unit (`ms`, `s`,
`m`, `h`, `d`) or a sum such as `1h30m`. A size is a number of bytes or has a unit such as `KiB` or `MB`. A secret can
stand in a file: `OIDC_CLIENT_SECRET_FILE`, or `client_secret_file` in YAML; a line break at the file's end is left out.
It can also be what a command prints: `OIDC_CLIENT_SECRET_COMMAND`, or `client_secret_command` in YAML, the whole path of a
program and its arguments ([how](operating.md#secrets-from-a-command)).

Between the file and the default stands what a provider's preset says (`oidc.preset`): defaults that suit Okta, Microsoft
Entra ID, Google and others.

Unknown names and wrong values are all reported at once, and `sekisho` then ends with status 2. `sekisho check` says more;
`sekisho config show` says what is in effect and who set it. SIGHUP reads everything again.
)";
    for (const auto& section : sections())
    {
        text.append("\n## ").append(section.name).append("\n\n").append(section.meaning).append("\n\n");
        text.append("| setting | environment | form | default | meaning |\n|---|---|---|---|---|\n");
        for (const auto& row : table())
            if (row.section() == section.name)
                text.append(reference_row(row));
        if (section.name == "oidc")
            text.append(providers_reference);
    }
    return text;
}

std::string help()
{
    std::string text;
    for (const auto& section : sections())
    {
        text.append("\n").append(section.name).append(": ").append(section.meaning).append("\n");
        for (const auto& row : table())
        {
            if (row.section() != section.name)
                continue;
            text.append("  --").append(row.path).append("  ").append(environment_name(row.path));
            if (const auto value = row.print(defaults); !value.empty())
                text.append("  [").append(value).append("]");
            text.append("\n").append(wrapped(without_code_marks(row.meaning), "      "));
        }
        if (section.name == "oidc")
            text.append("\n").append(providers_section).append(": ").append(providers_help);
    }
    return text;
}

std::string example()
{
    std::string text =
        R"(# Every setting of sekisho. Take the # away from those you want to change; they show the default, or an example where
# there is none.
# Written by `sekisho config example`; docs/configuration.md says more.
# yaml-language-server: $schema=../docs/configuration.schema.json
)";
    for (const auto& section : sections())
    {
        text.append("\n# ").append(section.meaning).append("\n").append(section.name).append(":\n");
        bool is_first = true;
        for (const auto& row : table())
            if (row.section() == section.name)
                text.append(std::exchange(is_first, false) ? "" : "\n").append(example_row(row));
        if (section.name == "oidc")
            text.append(providers_example);
    }
    return text;
}

} // namespace sekisho::settings
