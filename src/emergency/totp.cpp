// SPDX-License-Identifier: Apache-2.0
#include "emergency/totp.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"

#include <array>

namespace sekisho::emergency
{
namespace
{

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::int64_t step_seconds = 30;
constexpr std::size_t digits = 6;

std::string to_base32(byte_view data)
{
    std::string text;
    unsigned held = 0;
    unsigned bits = 0;
    for (const auto each : data)
    {
        held = (held << 8U | std::to_integer<unsigned>(each)) & 0xffffU;
        for (bits += 8; bits >= 5; bits -= 5)
            text.push_back(alphabet[held >> (bits - 5) & 31U]);
    }
    if (bits > 0)
        text.push_back(alphabet[held << (5 - bits) & 31U]);
    return text;
}

std::optional<bytes> from_base32(std::string_view text)
{
    bytes data;
    unsigned held = 0;
    unsigned bits = 0;
    for (const char each : text)
    {
        const auto value = alphabet.find(each);
        if (value == std::string_view::npos)
            return std::nullopt;
        held = (held << 5U | static_cast<unsigned>(value)) & 0xffffU;
        bits += 5;
        if (bits < 8)
            continue;
        bits -= 8;
        data.push_back(static_cast<std::byte>(held >> bits & 0xffU));
    }
    if (data.empty())
        return std::nullopt;
    return data;
}

} // namespace

secret make_totp_secret(crypto::random_source& random)
{
    std::array<std::byte, 20> drawn{};
    random.fill(drawn);
    secret made(to_base32(drawn));
    wipe(drawn.data(), drawn.size());
    return made;
}

std::optional<std::string> totp_code(const secret& base32, std::int64_t step)
{
    auto key = from_base32(base32.reveal());
    if (!key)
        return std::nullopt;
    std::array<std::byte, 8> counter{};
    for (std::size_t index = 0; index < counter.size(); ++index)
        counter[index] = static_cast<std::byte>(static_cast<std::uint64_t>(step) >> (56 - 8 * index) & 0xffU);
    const auto mac = crypto::hmac_sha1(*key, counter);
    wipe(key->data(), key->size());
    // RFC 4226, 5.3: four bytes at the place that the last one names.
    const auto offset = std::to_integer<std::size_t>(mac.back()) & 15U;
    std::uint32_t number = 0;
    for (std::size_t index = 0; index < 4; ++index)
        number = number << 8U | std::to_integer<std::uint32_t>(mac[offset + index]);
    auto text = std::to_string((number & 0x7fffffffU) % 1'000'000U);
    return text.insert(0, digits - text.size(), '0');
}

std::int64_t totp_step(time_point now) noexcept { return now.time_since_epoch().count() / step_seconds; }

std::optional<std::int64_t>
check_totp(const secret& base32, std::string_view typed, time_point now, std::int64_t last_used)
{
    const auto present = totp_step(now);
    std::optional<std::int64_t> found;
    for (const auto step : {present - 1, present, present + 1})
    {
        const auto code = totp_code(base32, step);
        if (code && crypto::equal_in_constant_time(as_bytes(*code), as_bytes(typed)) && step > last_used)
            found = step;
    }
    return found;
}

secret totp_address(const secret& base32, std::string_view site, std::string_view name)
{
    std::string text("otpauth://totp/");
    text.append(percent_encode(site)).append(":").append(percent_encode(name));
    text.append("?secret=").append(base32.reveal());
    text.append("&issuer=").append(percent_encode(site));
    text.append("&algorithm=SHA1&digits=6&period=30");
    return secret(std::move(text));
}

} // namespace sekisho::emergency
