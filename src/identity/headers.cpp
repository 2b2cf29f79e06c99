// SPDX-License-Identifier: Apache-2.0
#include "identity/headers.hpp"

#include "base/encoding.hpp"
#include "base/json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace sekisho::identity
{
namespace
{

constexpr std::string_view step = "identity.headers";

bool is_control(char character) noexcept
{
    return static_cast<unsigned char>(character) < 0x20 || character == 0x7f;
}

void append_escaped(std::string& out, char character)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(character);
    out.append({'%', digits[byte >> 4U], digits[byte & 15U]});
}

// %XX for every character that `must_escape` names.
template <class Predicate>
std::string escape(std::string_view text, Predicate must_escape)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at)
        if (must_escape(at))
            append_escaped(out, text[at]);
        else
            out.push_back(text[at]);
    return out;
}

std::string escape_when_needed(std::string_view text)
{
    return escape(
        text,
        [&](std::size_t at)
        {
            const bool is_outer = at == 0 || at + 1 == text.size();
            return static_cast<unsigned char>(text[at]) >= 0x80 || text[at] == '%' ||
                   (is_outer && text[at] == ' ');
        }
    );
}

std::string encode(std::string_view text, value_encoding encoding)
{
    switch (encoding)
    {
    case value_encoding::automatic:
        return escape_when_needed(text);
    case value_encoding::percent:
        return percent_encode(text);
    case value_encoding::base64url:
        return base64url_encode(as_bytes(text));
    case value_encoding::utf8:
        break;
    }
    return std::string(text);
}

// One of several values: whatever it is, splitting at the separator and taking spaces off gives it back.
std::string encode_item(std::string_view text, value_encoding encoding, char separator)
{
    const auto encoded = encode(text, encoding);
    if (encoding == value_encoding::base64url || encoding == value_encoding::percent)
        return encoded;
    const bool is_raw = encoding == value_encoding::utf8;
    return escape(
        encoded,
        [&](std::size_t at)
        {
            const bool is_outer = at == 0 || at + 1 == encoded.size();
            return encoded[at] == separator ||
                   (is_raw && (encoded[at] == '%' || (is_outer && encoded[at] == ' ')));
        }
    );
}

std::string join(const std::vector<std::string>& values, const header_config& config)
{
    std::string text;
    for (const auto& value : values)
    {
        if (!text.empty())
            text.push_back(config.separator);
        text.append(encode_item(value, config.encoding, config.separator));
    }
    return text;
}

std::string as_json(const std::vector<std::string>& values, value_encoding encoding)
{
    const json array(values);
    const bool ascii_only = encoding != value_encoding::utf8;
    auto text = array.dump(-1, ' ', ascii_only, json::error_handler_t::replace);
    const bool is_done = encoding == value_encoding::automatic || encoding == value_encoding::utf8;
    return is_done ? text : encode(text, encoding);
}

// Collects lines; the first value that must not stand in one stays the answer.
class block
{
public:
    // `encoded`: as it will stand in the line.
    void add(std::string_view name, std::string_view encoded)
    {
        const bool has_outer_space = !encoded.empty() && (encoded.front() == ' ' || encoded.back() == ' ');
        if (has_outer_space || std::ranges::any_of(encoded, is_control))
            refuse(name);
        lines_.append(name).append(": ").append(encoded).append("\r\n");
    }

    // `original`: before encoding; a control character is refused however it would be written.
    void add_value(std::string_view name, std::string_view original, value_encoding encoding)
    {
        if (name.empty() || original.empty())
            return;
        check(name, original);
        add(name, encode(original, encoding));
    }

    void add_list(std::string_view name, const std::vector<std::string>& values, const header_config& config)
    {
        if (name.empty() || values.empty())
            return;
        for (const auto& value : values)
            check(name, value);
        if (config.groups_as == group_format::repeated)
            for (const auto& value : values) // whoever reads them may join them with commas (RFC 9110, 5.3)
                add(name, encode_item(value, config.encoding, ','));
        else
            add(name,
                config.groups_as == group_format::json ? as_json(values, config.encoding)
                                                       : join(values, config));
    }

    result<std::string> finish()
    {
        if (unsafe_.empty())
            return std::move(lines_);
        return fail(
            errc::identity_header_unsafe, step, "the value for " + unsafe_ + " cannot stand in a header line"
        );
    }

private:
    void check(std::string_view name, std::string_view original)
    {
        if (!is_clean_text(original))
            refuse(name);
    }
    void refuse(std::string_view name)
    {
        if (unsafe_.empty())
            unsafe_ = name;
    }

    std::string lines_;
    std::string unsafe_; // the name of the line; empty: all are safe
};

void add_tokens(block& lines, const header_tokens& tokens, const header_config& config)
{
    // Tokens have an alphabet of their own (RFC 6750, 2.1); encoding them would only break them.
    lines.add_value(config.id_token, tokens.id_token, value_encoding::utf8);
    lines.add_value(config.access_token, tokens.access_token, value_encoding::utf8);
    const auto bearer = config.authorization == authorization_header::id_token       ? tokens.id_token
                        : config.authorization == authorization_header::access_token ? tokens.access_token
                                                                                     : std::string_view();
    if (!bearer.empty())
        lines.add_value("Authorization", std::string("Bearer ").append(bearer), value_encoding::utf8);
}

} // namespace

result<std::string> render(const identity& who, const header_tokens& tokens, const header_config& config)
{
    block lines;
    lines.add_value(config.user, who.user, config.encoding);
    lines.add_value(config.username, who.username, config.encoding);
    lines.add_value(config.email, who.email.value_or(""), config.encoding);
    lines.add_list(config.groups, who.groups, config);
    lines.add_value(config.name, who.name, config.encoding);
    lines.add_list(config.roles, who.roles, config);
    lines.add_value(config.picture, who.picture, config.encoding);
    for (const auto& extra : who.extra)
        // Only what is configured now is stripped from clients, so only that is sent.
        if (std::ranges::find(config.extra, extra.header) != config.extra.end())
            lines.add_list(extra.header, extra.values, config);
    add_tokens(lines, tokens, config);
    return lines.finish();
}

} // namespace sekisho::identity
