// SPDX-License-Identifier: Apache-2.0
#include "identity/username_suffix.hpp"

#include "crypto/hash.hpp"

#include <cstdint>

namespace sekisho::identity
{
namespace
{

constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567"; // RFC 4648, 6, in small letters
constexpr std::size_t hashed_size = 5;                                    // bytes: eight times five bits

bool continues_a_character(char each) { return (static_cast<unsigned char>(each) & 0xc0U) == 0x80U; }

} // namespace

std::string username_suffix(std::string_view issuer, std::string_view subject)
{
    // Neither holds a NUL, so no other pair makes the same text.
    const auto hash =
        crypto::hash(crypto::digest::sha256, as_bytes(std::string(issuer).append(1, '\0').append(subject)));
    std::uint64_t bits = 0;
    for (std::size_t at = 0; at < hashed_size; ++at)
        bits = bits << 8U | std::to_integer<std::uint64_t>(hash.at(at));
    std::string text("_");
    for (int shift = 35; shift >= 0; shift -= 5)
        text.push_back(alphabet.at(bits >> static_cast<unsigned>(shift) & 31U));
    return text;
}

std::string with_suffix(std::string_view name, std::string_view suffix, std::size_t most)
{
    if (name.empty() || suffix.empty())
        return std::string(name);
    auto size = name.size();
    if (size + suffix.size() > most)
        for (size = most - suffix.size(); size > 0 && continues_a_character(name[size]);)
            --size;
    return std::string(name.substr(0, size)).append(suffix);
}

} // namespace sekisho::identity
