// SPDX-License-Identifier: Apache-2.0
#include "gateway/local/temporary_password.hpp"

#include "crypto/hash.hpp"

#include <array>
#include <string>

namespace sekisho::gateway
{
namespace
{

// Crockford's base 32: without i, l, o and u.
constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t groups = 7;
constexpr std::size_t group_size = 4;

// As it is hashed; what looks like a character of the alphabet is that character.
secret plain(std::string_view typed)
{
    std::string text;
    for (const char each : typed)
    {
        if (each == '-' || each == ' ')
            continue;
        const char lower = each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each;
        text.push_back(lower == 'o' ? '0' : lower == 'i' || lower == 'l' ? '1' : lower);
    }
    return secret(std::move(text));
}

bytes hash_of(std::string_view text)
{
    return crypto::hash(crypto::digest::sha256, as_bytes(plain(text).reveal()));
}

} // namespace

secret make_temporary_password(crypto::random_source& random)
{
    std::array<std::byte, groups * group_size> drawn{};
    random.fill(drawn);
    std::string text;
    for (std::size_t index = 0; index < drawn.size(); ++index)
    {
        if (index != 0 && index % group_size == 0)
            text.push_back('-');
        text.push_back(alphabet[std::to_integer<std::size_t>(drawn[index]) % alphabet.size()]);
    }
    wipe(drawn.data(), drawn.size());
    return secret(std::move(text));
}

temporary_password::temporary_password(const secret& text) : hash_(hash_of(text.reveal())) {}

bool temporary_password::is(std::string_view typed) const
{
    return crypto::equal_in_constant_time(hash_of(typed), hash_);
}

} // namespace sekisho::gateway
