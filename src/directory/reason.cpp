// SPDX-License-Identifier: Apache-2.0
#include "directory/reason.hpp"

#include "base/json.hpp"
#include "oidc/foreign.hpp"

#include <nlohmann/json.hpp>

namespace sekisho::directory
{
namespace
{

std::string text_of(const json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

} // namespace

reason reason_of(std::string_view body)
{
    const auto parsed = parse_json(body, {.size = 64 * 1024, .depth = 16});
    if (!parsed || !parsed->is_object())
        return {};
    const auto inner = parsed->find("error");
    if (inner == parsed->end() || !inner->is_object())
    {
        reason found{text_of(*parsed, "error"), text_of(*parsed, "error_description")};
        if (found.message.empty())
            found.message = text_of(*parsed, "message");
        return found;
    }
    reason found{text_of(*inner, "code"), text_of(*inner, "message")};
    if (found.code.empty())
        found.code = text_of(*inner, "status"); // Google's; its `code` is the number of the status
    return found;
}

std::string to_text(const reason& why)
{
    std::string text = why.code.empty() ? std::string() : oidc::error_name(why.code);
    if (why.message.empty())
        return text;
    if (text.empty())
        return oidc::in_quotes(why.message);
    return text.append(" (").append(oidc::in_quotes(why.message)).append(")");
}

} // namespace sekisho::directory
