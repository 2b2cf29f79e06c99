// SPDX-License-Identifier: Apache-2.0
#include "emergency/cose_key.hpp"

#include "base/json.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <map>
#include <optional>
#include <span>

namespace sekisho::emergency
{
namespace
{

constexpr std::string_view where = "cose_key";

std::unexpected<error> refused(std::string detail)
{
    return fail(errc::value_malformed, where, std::move(detail));
}

struct member
{
    std::int64_t label;
    const char* name; // in a JWK
};

// RFC 9053, 2 and 7; RFC 8812, 2: what a key of each kind says.
struct kind
{
    std::int64_t kty;
    std::int64_t alg;
    std::optional<std::int64_t> crv;
    crypto::algorithm used_with;
    const char* jwk_type;
    const char* jwk_curve; // nullptr: none
    std::span<const member> octets;
};

constexpr std::array ec_members{member{-2, "x"}, member{-3, "y"}};
constexpr std::array edwards_members{member{-2, "x"}};
constexpr std::array rsa_members{member{-1, "n"}, member{-2, "e"}};
constexpr std::array kinds{
    kind{2, -7, 1, crypto::algorithm::es256, "EC", "P-256", ec_members},
    kind{1, -8, 6, crypto::algorithm::eddsa, "OKP", "Ed25519", edwards_members},
    kind{3, -257, std::nullopt, crypto::algorithm::rs256, "RSA", nullptr, rsa_members},
};

struct members
{
    std::map<std::int64_t, std::int64_t> numbers;
    std::map<std::int64_t, byte_view> octets;

    bool is(std::int64_t label, std::int64_t value) const
    {
        const auto found = numbers.find(label);
        return found != numbers.end() && found->second == value;
    }
    bool has(std::int64_t label) const { return numbers.contains(label) || octets.contains(label); }
};

result<members> read_members(cbor_reader& from)
{
    const auto count = from.map();
    if (!count)
        return std::unexpected(count.error());
    members read;
    for (std::size_t index = 0; index < *count; ++index)
    {
        const auto label = from.integer();
        if (!label)
            return std::unexpected(label.error());
        if (read.has(*label))
            return refused("a member that is there twice");
        if (from.is_integer_next())
        {
            const auto value = from.integer();
            if (!value)
                return std::unexpected(value.error());
            read.numbers.emplace(*label, *value);
            continue;
        }
        const auto value = from.octets();
        if (!value)
            return std::unexpected(value.error());
        read.octets.emplace(*label, *value);
    }
    return read;
}

const kind* kind_of(const members& read)
{
    for (const auto& each : kinds)
        if (read.is(1, each.kty) && read.is(3, each.alg) && (!each.crv || read.is(-1, *each.crv)))
            return &each;
    return nullptr;
}

} // namespace

result<public_key> read_cose_key(cbor_reader& from)
{
    const auto read = read_members(from);
    if (!read)
        return std::unexpected(read.error());
    const auto* const is = kind_of(*read);
    if (is == nullptr)
        return refused("neither ES256 on P-256, EdDSA on Ed25519 nor RS256");
    if (read->numbers.size() != (is->crv ? 3U : 2U) || read->octets.size() != is->octets.size())
        return refused("members that a key of its kind does not have");
    json jwk{{"kty", is->jwk_type}, {"alg", crypto::name(is->used_with)}};
    if (is->jwk_curve != nullptr)
        jwk["crv"] = is->jwk_curve;
    for (const auto& each : is->octets)
    {
        const auto value = read->octets.find(each.label);
        if (value == read->octets.end())
            return refused(std::string("no ") + each.name);
        jwk[each.name] = base64url_encode(value->second);
    }
    return read_kept_key(to_text(jwk));
}

result<public_key> read_kept_key(std::string_view jwk)
{
    const auto value = parse_json(jwk, {.size = 8192, .depth = 2});
    if (!value)
        return std::unexpected(value.error());
    auto key = crypto::verification_key::from_jwk(*value);
    if (!key)
        return std::unexpected(key.error());
    for (const auto& each : kinds)
        if (key->alg() == each.used_with)
            return public_key{each.used_with, std::string(jwk), std::move(*key)};
    return refused("its alg is none of ES256, EdDSA and RS256");
}

} // namespace sekisho::emergency
