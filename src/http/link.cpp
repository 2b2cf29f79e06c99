// SPDX-License-Identifier: Apache-2.0
#include "http/link.hpp"

#include "http/fields.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::http
{
namespace
{

std::unexpected<error> malformed(std::string detail)
{
    return fail(errc::value_malformed, "link", std::move(detail));
}

// What is left of the value.
class scanner
{
public:
    explicit scanner(std::string_view text) : rest_(text) {}

    bool at_end() const { return rest_.empty(); }
    void skip_space() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size())); }
    bool take(char wanted)
    {
        skip_space();
        if (!rest_.starts_with(wanted))
            return false;
        rest_.remove_prefix(1);
        return true;
    }
    // Up to one of these characters, which stays.
    std::string_view until(std::string_view ends)
    {
        const auto taken = rest_.substr(0, rest_.find_first_of(ends));
        rest_.remove_prefix(taken.size());
        return taken;
    }
    // RFC 9110, 5.6.4, after the opening quote; nullopt: it has no end.
    std::optional<std::string> quoted()
    {
        std::string text;
        while (!rest_.empty())
        {
            const char each = rest_.front();
            rest_.remove_prefix(1);
            if (each == '"')
                return text;
            if (each != '\\')
                text += each;
            else if (!rest_.empty())
            {
                text += rest_.front();
                rest_.remove_prefix(1);
            }
        }
        return std::nullopt;
    }

private:
    std::string_view rest_;
};

struct parameter
{
    std::string_view name;
    std::string value;
};

result<parameter> read_parameter(scanner& from)
{
    from.skip_space();
    parameter made{trimmed(from.until("=;,")), {}};
    if (!is_token(made.name))
        return malformed("a parameter without a name");
    if (!from.take('='))
        return made;
    if (!from.take('"'))
    {
        made.value = trimmed(from.until(";,"));
        return made;
    }
    auto text = from.quoted();
    if (!text)
        return malformed("a quoted text without an end");
    made.value = std::move(*text);
    return made;
}

bool has_relation(std::string_view list, std::string_view wanted)
{
    while (!list.empty())
    {
        const auto one = list.substr(0, list.find(' '));
        if (equal_names(one, wanted))
            return true;
        list.remove_prefix(std::min(one.size() + 1, list.size()));
    }
    return false;
}

struct link
{
    std::string_view target;
    std::optional<std::string> relations;
};

result<link> read_link(scanner& from)
{
    if (!from.take('<'))
        return malformed("a link does not begin with \"<\"");
    link made{from.until(">"), std::nullopt};
    if (!from.take('>'))
        return malformed("a link's target has no end");
    while (from.take(';'))
    {
        auto one = read_parameter(from);
        if (!one)
            return std::unexpected(one.error());
        if (equal_names(one->name, "rel") && !made.relations)
            made.relations = std::move(one->value);
    }
    return made;
}

} // namespace

result<std::optional<std::string>> linked(std::string_view value, std::string_view relation)
{
    scanner from(value);
    std::optional<std::string> found;
    while (from.skip_space(), !from.at_end())
    {
        if (from.take(',')) // RFC 9110, 5.6.1.2: empty elements are passed over
            continue;
        const auto one = read_link(from);
        if (!one)
            return std::unexpected(one.error());
        if (!found && one->relations && has_relation(*one->relations, relation))
            found = std::string(one->target);
        from.skip_space();
        if (!from.at_end() && !from.take(','))
            return malformed("something other than a comma stands between two links");
    }
    return found;
}

} // namespace sekisho::http
