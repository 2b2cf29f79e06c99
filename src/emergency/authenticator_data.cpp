// SPDX-License-Identifier: Apache-2.0
#include "emergency/authenticator_data.hpp"

#include <algorithm>

namespace sekisho::emergency
{
namespace
{

constexpr std::size_t largest = 8192;
constexpr std::size_t fixed_size = 37;
constexpr std::size_t largest_id = 1023;

enum flags : unsigned
{
    user_present = 0x01,
    user_verified = 0x04,
    attested = 0x40,
    extended = 0x80,
};

std::unexpected<error> refused(std::string detail)
{
    return fail(errc::value_malformed, "authenticator_data", std::move(detail));
}

std::uint32_t number(byte_view big_endian)
{
    std::uint32_t value = 0;
    for (const auto each : big_endian)
        value = value << 8U | std::to_integer<std::uint32_t>(each);
    return value;
}

// Takes it off the front of `rest`.
result<attested_credential> read_credential(byte_view& rest)
{
    if (rest.size() < 18)
        return refused("it ends before the credential's id");
    std::array<std::byte, 16> model{};
    std::copy_n(rest.begin(), model.size(), model.begin());
    const auto size = number(rest.subspan(16, 2));
    if (size == 0 || size > largest_id || rest.size() < 18 + size)
        return refused("a credential id of no possible size");
    const auto id = rest.subspan(18, size);
    cbor_reader reader(rest.subspan(18 + size));
    auto key = read_cose_key(reader);
    if (!key)
        return std::unexpected(key.error());
    rest = rest.subspan(18 + size + reader.position());
    return attested_credential{model, bytes(id.begin(), id.end()), std::move(*key)};
}

result<void> pass_extensions(byte_view& rest)
{
    cbor_reader reader(rest);
    auto copy = reader;
    if (const auto is_map = copy.map(); !is_map)
        return std::unexpected(is_map.error());
    if (const auto passed = reader.pass_over(); !passed)
        return passed;
    rest = rest.subspan(reader.position());
    return {};
}

} // namespace

result<authenticator_data> parse_authenticator_data(byte_view data)
{
    if (data.size() < fixed_size || data.size() > largest)
        return refused("has " + std::to_string(data.size()) + " bytes");
    authenticator_data read;
    std::copy_n(data.begin(), read.rp_id_hash.size(), read.rp_id_hash.begin());
    const auto bits = std::to_integer<unsigned>(data[32]);
    read.is_user_present = (bits & user_present) != 0;
    read.is_user_verified = (bits & user_verified) != 0;
    read.counter = number(data.subspan(33, 4));
    auto rest = data.subspan(fixed_size);
    if ((bits & attested) != 0)
    {
        auto credential = read_credential(rest);
        if (!credential)
            return std::unexpected(credential.error());
        read.credential = std::move(*credential);
    }
    if ((bits & extended) != 0)
        if (const auto passed = pass_extensions(rest); !passed)
            return std::unexpected(passed.error());
    if (!rest.empty())
        return refused("bytes behind its end");
    return read;
}

} // namespace sekisho::emergency
