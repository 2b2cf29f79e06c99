// SPDX-License-Identifier: Apache-2.0
#include "gateway/parameters.hpp"

#include "base/encoding.hpp"
#include "oidc/foreign.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace sekisho::gateway
{
namespace
{

constexpr std::string_view form_type = "application/x-www-form-urlencoded";
constexpr http::form_limits limits{.fields = 100, .bytes = max_form_bytes};

result<http::form> parse(std::string_view text, std::string_view where)
{
    auto form = http::form::parse(text, limits);
    if (!form)
        return fail(errc::request_malformed, where, std::move(form.error().detail));
    return form;
}

// Only a form: a browser asks no permission to send it across sites, and nothing else is ever sent here.
result<void> check_type(const http::request_head& head)
{
    const auto type = http::find(head.fields, "Content-Type").value_or("");
    const auto essence = type.substr(0, type.find_first_of("; \t"));
    if (essence.empty() || http::equal_names(essence, form_type))
        return {};
    return fail(
        errc::request_malformed,
        "request.content_type",
        "expected " + std::string(form_type) + ", received " + oidc::in_quotes(essence)
    );
}

net::task<result<std::string>> read_body(net::body_source& body)
{
    std::string text;
    const auto length = body.length();
    if (length.what == net::body_length::kind::known && length.bytes > max_form_bytes)
        co_return fail(
            errc::request_body_too_large,
            "request.body",
            std::to_string(length.bytes) + " bytes, expected at most " + std::to_string(max_form_bytes)
        );
    for (;;)
    {
        auto piece = co_await body.read();
        if (!piece)
            co_return std::unexpected(piece.error());
        if (piece->empty())
            co_return text;
        if (text.size() + piece->size() > max_form_bytes)
            co_return fail(
                errc::request_body_too_large,
                "request.body",
                "more bytes than expected, which is at most " + std::to_string(max_form_bytes)
            );
        text.append(as_text(*piece));
    }
}

} // namespace

net::task<result<http::form>> read_parameters(net::exchange& exchange, const context& about)
{
    const auto& head = exchange.request();
    if (head.method != "POST")
        co_return parse(about.query, "request.query");
    if (auto typed = check_type(head); !typed)
        co_return std::unexpected(typed.error());
    auto text = co_await read_body(exchange.body());
    if (!text)
    {
        exchange.close_after(); // the rest of the body is not read
        co_return std::unexpected(text.error());
    }
    co_return parse(*text, "request.body");
}

oidc::parameters as_pairs(const http::form& form)
{
    oidc::parameters pairs;
    for (const auto& field : form.fields())
        pairs.push_back({field.name, field.value});
    return pairs;
}

} // namespace sekisho::gateway
