// SPDX-License-Identifier: Apache-2.0
#include "app/settings_source.hpp"

#include "app/secret_command.hpp"
#include "base/log.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <unistd.h>
#include <utility>

namespace sekisho::app
{
namespace
{

constexpr std::size_t largest_file = 1024 * 1024; // bytes; of settings and of one secret

result<std::string> read_whole(const std::string& name)
{
    errno = 0;
    std::ifstream stream(name, std::ios::binary);
    std::string text(largest_file + 1, '\0');
    if (!stream.read(text.data(), static_cast<std::streamsize>(text.size())) && !stream.eof())
        return fail(
            errc::value_malformed, "file", errno != 0 ? std::strerror(errno) : "it is not a readable file"
        );
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (text.size() > largest_file)
        return fail(errc::value_too_large, "file", "it is larger than 1 MiB");
    return text;
}

std::string count_of(std::size_t number, const std::string& what)
{
    return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

std::string list(const std::vector<settings::finding>& findings, const std::string& what)
{
    if (findings.empty())
        return {};
    auto text = count_of(findings.size(), what) + " in the settings:\n";
    for (const auto& each : findings)
        text.append("  ").append(settings::to_text(each)).append("\n");
    return text;
}

} // namespace

settings::environment process_environment()
{
    settings::environment variables;
    for (char** each = environ; each != nullptr && *each != nullptr; ++each)
    {
        const std::string_view text(*each);
        if (const auto equals = text.find('='); equals != std::string_view::npos)
            variables.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return variables;
}

settings_source::settings_source(settings_request request, settings::environment variables)
    : request_(std::move(request)), variables_(std::move(variables))
{
    const auto named = variables_.find("SEKISHO_CONFIG");
    if (!request_.config_file && named != variables_.end() && !named->second.empty())
        request_.config_file = named->second;
}

settings::loaded settings_source::load(secret_commands which) const
{
    if (which == secret_commands::are_left_alone)
        return load_with(read_whole, {});
    return load_with(
        read_whole,
        [this](const std::vector<std::string>& words) { return run_secret_command(words, variables_); }
    );
}

std::set<std::string> settings_source::files() const
{
    std::set<std::string> names;
    static_cast<void>(load_with(
        [&names](const std::string& name)
        {
            names.insert(name);
            return read_whole(name);
        },
        {} // what a command prints names no file
    ));
    return names;
}

settings::loaded settings_source::load_with(const read_file& read, run_command run) const
{
    settings::sources from{
        .file = {},
        .variables = variables_,
        .overrides = request_.overrides,
        .read_secret = read,
        .run_command = std::move(run)
    };
    if (request_.config_file)
    {
        auto text = read(*request_.config_file);
        if (!text)
        {
            // Alone: most of what else could be said would be that its settings are missing.
            settings::loaded nothing;
            nothing.found.problems.push_back(
                {*request_.config_file, {}, "the file could not be read: " + text.error().detail}
            );
            return nothing;
        }
        from.file = settings::text_file{.name = *request_.config_file, .text = std::move(*text)};
    }
    return settings::load(from);
}

std::string describe(const settings::findings& found)
{
    return list(found.problems, "problem") + list(found.warnings, "warning");
}

void log_warnings(const settings::findings& found)
{
    for (const auto& each : found.warnings)
    {
        if (each.place.empty())
            log::warning("settings.warning", {{"setting", each.setting}, {"message", each.message}});
        else
            log::warning(
                "settings.warning",
                {{"setting", each.setting}, {"place", each.place}, {"message", each.message}}
            );
    }
}

} // namespace sekisho::app
