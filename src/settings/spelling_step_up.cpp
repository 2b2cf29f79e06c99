// SPDX-License-Identifier: Apache-2.0
#include "settings/spelling.hpp"

#include <utility>

namespace sekisho::settings
{

read_value<step_up_rule> spelling<step_up_rule>::read(std::string_view text)
{
    const auto words = split_list(text, separation::space);
    if (words.empty() || !words.front().starts_with('/'))
        return std::unexpected("it does not begin with a path");
    step_up_rule rule{.path = words.front(), .acr = {}, .max_age = {}, .lifetime = {}};
    for (const auto& word : std::span(words).subspan(1))
    {
        const std::string_view demand = word;
        if (demand.starts_with("acr=") && rule.acr.empty())
            rule.acr = split_list(demand.substr(4), separation::comma);
        else if (demand.starts_with("max_age=") && !rule.max_age)
        {
            const auto age = spelling<std::chrono::seconds>::read(demand.substr(8));
            if (!age)
                return std::unexpected("max_age is a duration of whole seconds such as 5m");
            rule.max_age = *age;
        }
        else if (demand.starts_with("lifetime=") && !rule.lifetime)
        {
            const auto life = spelling<std::chrono::seconds>::read(demand.substr(9));
            if (!life || *life <= std::chrono::seconds::zero())
                return std::unexpected("lifetime is a duration of whole seconds such as 1h, above zero");
            rule.lifetime = *life;
        }
        else
            return std::unexpected("\"" + word + "\" is none of acr=…, max_age=… and lifetime=…, once each");
    }
    if (rule.acr.empty() && !rule.max_age && !rule.lifetime)
        return std::unexpected("it demands nothing; write acr=…, max_age=… or lifetime=… behind the path");
    return rule;
}

std::string spelling<step_up_rule>::print(const step_up_rule& value)
{
    auto text = value.path;
    std::string_view before = " acr=";
    for (const auto& each : value.acr)
        text.append(std::exchange(before, ",")).append(each);
    if (value.max_age)
        text.append(" max_age=").append(format_duration(*value.max_age));
    if (value.lifetime)
        text.append(" lifetime=").append(format_duration(*value.lifetime));
    return text;
}

} // namespace sekisho::settings
