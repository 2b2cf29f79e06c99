// SPDX-License-Identifier: Apache-2.0
#include "identity/identity.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"

#include <algorithm>
#include <cstddef>

namespace sekisho::identity
{
namespace
{

constexpr unsigned char to_byte(char character) noexcept { return static_cast<unsigned char>(character); }

bool is_ascii_control(char character) noexcept
{
    return to_byte(character) < 0x20 || to_byte(character) == 0x7f;
}

// U+0080 to U+009F: the second byte after C2.
bool has_c1_control(std::string_view value) noexcept
{
    for (std::size_t at = 0; at + 1 < value.size(); ++at)
        if (to_byte(value[at]) == 0xc2 && to_byte(value[at + 1]) < 0xa0)
            return true;
    return false;
}

// U+2028 and U+2029: ends of lines to some readers.
bool has_line_separator(std::string_view value) noexcept
{
    return value.find("\xe2\x80\xa8") != std::string_view::npos ||
           value.find("\xe2\x80\xa9") != std::string_view::npos;
}

} // namespace

bool is_same_person(const identity& left, const identity& right) noexcept
{
    return left.issuer == right.issuer && left.subject == right.subject;
}

std::string fingerprint(const identity& person)
{
    // Neither holds a control character, so the line break cannot be part of one.
    const auto whole = person.issuer + '\n' + person.subject;
    return base64url_encode(crypto::hash(crypto::digest::sha256, as_bytes(whole)));
}

bool is_clean_text(std::string_view value) noexcept
{
    return is_utf8(value) && std::ranges::none_of(value, is_ascii_control) && !has_c1_control(value) &&
           !has_line_separator(value);
}

bool is_email_address(std::string_view value) noexcept
{
    if (!is_clean_text(value) || value.find_first_of(" \"`,;:<>()[]\\") != std::string_view::npos)
        return false;
    const auto at = value.find('@');
    if (at == std::string_view::npos || at == 0 || value.find('@', at + 1) != std::string_view::npos)
        return false;
    const auto domain = value.substr(at + 1);
    return !domain.empty() && domain.front() != '.' && domain.back() != '.' &&
           domain.find("..") == std::string_view::npos;
}

} // namespace sekisho::identity
