// link: settings
// SPDX-License-Identifier: Apache-2.0
// A configuration file and an environment of any bytes load or are refused; no message holds a secret.
#include "base/encoding.hpp"
#include "settings/document.hpp"
#include "settings/load.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>

namespace
{

// The input is a file; lines "NAME=value" after a line "%" are variables.
sekisho::settings::sources sources_of(std::string_view input)
{
    sekisho::settings::sources from;
    const auto mark = input.find("\n%\n");
    from.file = sekisho::settings::text_file{.name = "fuzz.yaml", .text = std::string(input.substr(0, mark))};
    if (mark == std::string_view::npos)
        return from;
    auto rest = input.substr(mark + 3);
    while (!rest.empty())
    {
        const auto line = rest.substr(0, rest.find('\n'));
        if (const auto equals = line.find('='); equals != std::string_view::npos)
            from.variables.emplace(line.substr(0, equals), line.substr(equals + 1));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    }
    return from;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    constexpr std::string_view hidden = "hunter2-never-shown";
    const auto input = sekisho::as_text(std::as_bytes(std::span(data, size)));
    auto from = sources_of(input);
    from.variables.insert_or_assign("SESSION_SECRET", std::string(hidden));
    const auto settings = sekisho::settings::load(from);
    for (const auto* findings : {&settings.found.problems, &settings.found.warnings})
        for (const auto& each : *findings)
            if (sekisho::settings::to_text(each).contains(hidden) && !input.contains(hidden))
                std::abort();
    if (settings.is_usable() && sekisho::settings::effective_json(settings).contains(hidden) &&
        !input.contains(hidden))
        std::abort();
    return 0;
}
