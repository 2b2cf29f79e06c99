// SPDX-License-Identifier: Apache-2.0
#include "gateway/form/kept_form.hpp"

#include "base/encoding.hpp"
#include "gateway/sign_in/departure.hpp"
#include "http/form.hpp"
#include "http/multipart.hpp"
#include "oidc/foreign.hpp"
#include "session/codec_parts.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::gateway
{
namespace
{

constexpr std::string_view where = "kept_form";
constexpr char version = 'F';
constexpr std::size_t most_fields = 2000;
constexpr std::size_t largest = 16 * 1024 * 1024; // encoded; session.keep_form is far below

std::string_view content_type(const http::request_head& head)
{
    return http::find(head.fields, "Content-Type").value_or("");
}

std::string_view essence_of(std::string_view type) { return type.substr(0, type.find_first_of("; \t")); }

// A page is UTF-8 without NUL, and its parser makes every line break one line feed, which leaves as CR LF.
bool can_be_sent_again(std::string_view text)
{
    if (!is_utf8(text) || text.find('\0') != std::string_view::npos)
        return false;
    for (std::size_t at = 0; at < text.size(); ++at)
    {
        if (text[at] == '\r' && (at + 1 == text.size() || text[at + 1] != '\n'))
            return false;
        if (text[at] == '\n' && (at == 0 || text[at - 1] != '\r'))
            return false;
    }
    return true;
}

result<std::vector<kept_field>> read_urlencoded(std::string_view body, http::form_limits limits)
{
    auto form = http::form::parse(body, limits);
    if (!form)
        return std::unexpected(form.error());
    std::vector<kept_field> fields;
    for (const auto& each : form->fields())
        fields.push_back({each.name, each.value, kept_kind::text});
    return fields;
}

result<std::vector<kept_field>>
read_multipart(std::string_view body, std::string_view type, http::form_limits limits)
{
    auto parts = http::parse_multipart(body, http::boundary_of(type), limits);
    if (!parts)
        return std::unexpected(parts.error());
    std::vector<kept_field> fields;
    for (auto& each : *parts)
        fields.push_back(
            {std::move(each.name),
             std::move(each.value),
             each.kind == http::multipart_kind::no_file ? kept_kind::no_file : kept_kind::text}
        );
    return fields;
}

} // namespace

bool is_sent_form(const http::request_head& head) noexcept { return head.method == "POST" && is_page(head); }

result<form_encoding> encoding_of(const http::request_head& head)
{
    const auto essence = essence_of(content_type(head));
    if (http::equal_names(essence, "application/x-www-form-urlencoded"))
        return form_encoding::urlencoded;
    if (http::equal_names(essence, "multipart/form-data"))
        return form_encoding::multipart;
    return fail(
        errc::value_malformed,
        where,
        "received a body of type " + oidc::in_quotes(essence) +
            ", expected a form that can be sent again: application/x-www-form-urlencoded or "
            "multipart/form-data"
    );
}

result<std::vector<kept_field>>
read_fields(std::string_view body, form_encoding encoding, const http::request_head& head, std::size_t limit)
{
    const http::form_limits limits{.fields = most_fields, .bytes = limit};
    auto fields = encoding == form_encoding::multipart ? read_multipart(body, content_type(head), limits)
                                                       : read_urlencoded(body, limits);
    if (!fields)
        return fields;
    for (const auto& each : *fields)
        if (!can_be_sent_again(each.name) || !can_be_sent_again(each.value))
            return fail(
                errc::value_malformed,
                where,
                "the field " + oidc::in_quotes(each.name) +
                    " is not what can be sent again: UTF-8 text with CR LF for line breaks"
            );
    return fields;
}

std::string encode(const kept_form& form)
{
    session::writer out(version);
    out.text(form.origin);
    out.text(form.target);
    out.number(static_cast<std::uint64_t>(form.encoding));
    out.text(form.issuer);
    out.text(form.subject);
    out.number(form.fields.size());
    for (const auto& each : form.fields)
    {
        out.text(each.name);
        out.text(each.value);
        out.number(static_cast<std::uint64_t>(each.kind));
    }
    return out.finish();
}

result<kept_form> decode_kept_form(std::string_view encoded)
{
    session::reader in(encoded, version, largest);
    kept_form form;
    form.origin = in.text("origin");
    form.target = in.text("target");
    form.encoding = static_cast<form_encoding>(
        in.number_below(static_cast<std::uint64_t>(form_encoding::count_), "encoding")
    );
    form.issuer = in.text("issuer");
    form.subject = in.text("subject");
    const auto count = in.number_below(most_fields + 1, "fields");
    for (std::uint64_t index = 0; index < count && !in.has_failed(); ++index)
    {
        kept_field field{in.text("name"), in.text("value")};
        field.kind =
            static_cast<kept_kind>(in.number_below(static_cast<std::uint64_t>(kept_kind::count_), "kind"));
        form.fields.push_back(std::move(field));
    }
    if (auto end = in.finish(where); !end)
        return std::unexpected(end.error());
    return form;
}

} // namespace sekisho::gateway
