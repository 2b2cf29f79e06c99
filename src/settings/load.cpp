// SPDX-License-Identifier: Apache-2.0
#include "settings/load.hpp"

#include "settings/check/check.hpp"
#include "settings/command_words.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace sekisho::settings
{
namespace
{

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n";
    const auto first = text.find_first_not_of(space);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::string without_final_line_break(std::string text)
{
    if (text.ends_with('\n'))
        text.pop_back();
    if (text.ends_with('\r'))
        text.pop_back();
    return text;
}

// Of a file of secrets: each has a line of its own and is taken whole, whatever it holds.
raw_value lines_of(std::string_view text)
{
    raw_value made{.form = raw_value::shape::list, .items = {}};
    while (!text.empty())
    {
        const auto end = std::min(text.find_first_of("\r\n"), text.size());
        if (const auto line = trimmed(text.substr(0, end)); !line.empty())
            made.items.emplace_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return made;
}

// What was found, fit to be printed: short, without control characters and without the password of an
// address.
std::string shown(const row& of, const raw_value& value)
{
    constexpr std::size_t longest = 80;
    if (of.is_secret())
        return "the value (a secret, not shown)";
    std::string text;
    for (const auto& item : value.items)
        text.append(text.empty() ? "" : ", ").append(item);
    if (text.contains("://") && text.contains('@'))
        return "the value (not shown: it seems to hold a password)";
    const bool is_long = text.size() > longest;
    text.resize(std::min(text.size(), longest));
    std::ranges::replace_if(
        text, [](char each) { return static_cast<unsigned char>(each) < 0x20 || each == 0x7f; }, '?'
    );
    return "\"" + text + (is_long ? "…\"" : "\"");
}

class loader
{
public:
    explicit loader(const sources& from) : from_(from) {}

    loaded load()
    {
        auto overrides = read_overrides(from_.overrides);
        auto variables = read_environment(from_.variables);
        const auto strongest = settings_of(overrides);
        auto stronger = settings_of(variables);
        stronger.insert(strongest.begin(), strongest.end());
        if (from_.file)
            apply(read_file(*from_.file), stronger);
        apply(std::move(variables), strongest);
        apply(std::move(overrides), {});
        result_.presets = apply_presets(result_.values, result_.origins);
        result_.profiles = apply_profiles(result_.values, result_.origins);
        auto checked = check(result_.values, result_.origins);
        add(std::move(checked));
        return std::move(result_);
    }

private:
    void add(findings more)
    {
        std::ranges::move(more.problems, std::back_inserter(result_.found.problems));
        std::ranges::move(more.warnings, std::back_inserter(result_.found.warnings));
    }

    static std::set<setting> settings_of(const reading& source)
    {
        std::set<setting> made;
        for (const auto& each : source.assignments)
            made.insert(each.what);
        return made;
    }

    // `stronger`: what a source that wins over this one sets; nothing is run for its sake.
    void apply(reading source, const std::set<setting>& stronger)
    {
        add(std::move(source.found));
        std::set<setting> seen;
        for (auto& each : source.assignments)
        {
            if (!seen.insert(each.what).second)
                refuse(each, "is set twice; keep one of them");
            else if (each.means != given::command || !stronger.contains(each.what))
                assign(std::move(each));
        }
    }

    void assign(assignment what)
    {
        const auto& row = table()[what.what.row];
        auto& origin = result_.origins.note(what.what, what.from);
        if (what.means != given::value && !resolve(what))
        {
            origin.is_unusable = true;
            return;
        }
        if (row.spaces == white_space::trimmed)
            for (auto& item : what.value.items)
                item = std::string(trimmed(item));
        const auto why = settings::assign(result_.values, what.what, what.value);
        if (!why)
            return;
        origin.is_unusable = true;
        auto message = shown(row, what.value) + " is not " + expected_form(row);
        if (!why->empty())
            message.append(": ").append(*why);
        refuse(what, std::move(message));
    }

    result<std::string> read_secret(const std::string& name) const
    {
        if (!from_.read_secret)
            return fail(errc::value_malformed, "settings", "files cannot be read here");
        return from_.read_secret(name);
    }

    // Replaces a file's name by what the file holds.
    bool resolve_file(assignment& what)
    {
        const auto name = what.value.items.at(0);
        const auto text = read_secret(name);
        if (!text)
            return refuse(what, "the file " + name + " could not be read: " + text.error().detail);
        return take(what, *text) || refuse(what, "the file " + name + " is empty");
    }

    // Replaces a command by what it prints. Its arguments may be secret and are never shown.
    bool resolve_command(assignment& what)
    {
        const auto words = command_words(what.value.items.at(0));
        if (!words)
            return refuse(what, "the command " + words.error().detail);
        const auto& program = words->front();
        const auto text = from_.run_command
                              ? from_.run_command(*words)
                              : fail(errc::value_malformed, "settings", "commands are not run here");
        if (!text)
            return refuse(what, "the command " + program + " gave no secret: " + text.error().detail);
        return take(what, *text) || refuse(what, "the command " + program + " printed nothing");
    }

    bool resolve(assignment& what)
    {
        return what.means == given::command ? resolve_command(what) : resolve_file(what);
    }

    // The secret as it was read; false: there is none in it.
    static bool take(assignment& what, const std::string& text)
    {
        if (table()[what.what.row].is_list)
            what.value = lines_of(text);
        else
            what.value.items.at(0) = without_final_line_break(text);
        return !what.value.items.empty() && !what.value.items.front().empty();
    }

    // Returns false, for what ends with it.
    bool refuse(const assignment& what, std::string message)
    {
        result_.found.problems.push_back({what.from.place, path_of(what.what), std::move(message)});
        return false;
    }

    const sources& from_;
    loaded result_;
};

} // namespace

loaded load(const sources& from) { return loader(from).load(); }

} // namespace sekisho::settings
