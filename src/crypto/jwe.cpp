// SPDX-License-Identifier: Apache-2.0
#include "crypto/jwe.hpp"

#include "crypto/jwe_parts.hpp"

#include <nlohmann/json.hpp>
#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>
#include <vector>

namespace sekisho::crypto
{
namespace
{

// Room for a JWS of the size that jws.cpp takes.
constexpr std::size_t largest_text = 96 * std::size_t{1024};
constexpr json_limits header_limits{.size = 16 * std::size_t{1024}, .depth = 8};
constexpr std::string_view step = "jwe";
constexpr std::size_t part_count = 5;

std::unexpected<error> refused(std::string detail)
{
    return fail(errc::value_malformed, step, std::move(detail));
}

using parts = std::array<std::string_view, part_count>;

std::optional<parts> split(std::string_view text)
{
    parts found;
    for (std::size_t index = 0; index + 1 < part_count; ++index)
    {
        const auto dot = text.find('.');
        if (dot == std::string_view::npos)
            return std::nullopt;
        found.at(index) = text.substr(0, dot);
        text.remove_prefix(dot + 1);
    }
    found.back() = text;
    return text.contains('.') ? std::nullopt : std::optional(found);
}

result<key_management> read_alg(const json_object& header)
{
    const auto named = header.text("alg");
    if (!named)
        return std::unexpected(named.error());
    if (*named == "RSA1_5")
        return refused("the header's alg is RSA1_5, which tells whoever asks often enough what it encrypts "
                       "(RFC 8017, 7.2); register RSA-OAEP-256 at the provider");
    const auto known = find_key_management(*named);
    if (!known)
        return refused("the header's alg is none we decrypt: " + key_management_names());
    return *known;
}

result<content_encryption> read_enc(const json_object& header)
{
    const auto named = header.text("enc");
    if (!named)
        return std::unexpected(named.error());
    const auto known = find_content_encryption(*named);
    if (!known)
        return refused("the header's enc is none we decrypt: " + content_encryption_names());
    return *known;
}

// RFC 7518, 4.6.1.2 and 4.6.1.3.
result<bytes> read_party(const json_object& header, std::string_view member)
{
    constexpr std::size_t longest = 1024;
    const auto text = header.optional_text(member);
    if (!text)
        return std::unexpected(text.error());
    auto decoded = base64url_decode(text->value_or(""));
    if (!decoded || decoded->size() > longest)
        return refused(fmt::format("the header's {} is not base64url of at most 1,024 bytes", member));
    return decoded;
}

result<void> read_agreement(const json_object& header, compact_jwe& into)
{
    const auto* const epk = header.find("epk");
    const auto members = epk != nullptr ? json_object::of(*epk, step) : refused("the header has no epk");
    if (!members)
        return std::unexpected(members.error());
    auto key = read_agreement_key(*members);
    if (!key)
        return refused("the header's epk: " + key.error().detail);
    into.sender = std::make_shared<const compact_jwe::ephemeral>(std::move(*key));
    for (const auto& [member, place] :
         {std::pair("apu", &compact_jwe::party_u), std::pair("apv", &compact_jwe::party_v)})
    {
        auto party = read_party(header, member);
        if (!party)
            return std::unexpected(party.error());
        into.*place = std::move(*party);
    }
    return {};
}

result<compact_jwe> read_header(const json& value)
{
    const auto header = json_object::of(value, step);
    if (!header)
        return std::unexpected(header.error());
    // RFC 7516, 4.1.13: extensions we would have to understand; we understand none.
    if (header->find("crit") != nullptr)
        return refused("the header has crit, which is not supported");
    // What an attacker can have encrypted next to a secret shows that secret by its compressed size, and a
    // few bytes can be very many.
    if (header->find("zip") != nullptr)
        return refused("the content is compressed (zip), which is not supported");
    const auto alg = read_alg(*header);
    if (!alg)
        return std::unexpected(alg.error());
    const auto enc = read_enc(*header);
    if (!enc)
        return std::unexpected(enc.error());
    auto kid = header->optional_text("kid");
    if (!kid)
        return std::unexpected(kid.error());
    auto iss = header->optional_text("iss");
    if (!iss)
        return std::unexpected(iss.error());
    compact_jwe made{*alg, *enc, std::move(*kid), std::move(*iss), {}, {}, {}, {}, {}, {}, {}, {}};
    if (is_agreement(*alg))
        if (const auto read = read_agreement(*header, made); !read)
            return std::unexpected(read.error());
    return made;
}

result<void> read_content(const parts& from, compact_jwe& into)
{
    constexpr std::array names{"encrypted key", "initialization vector", "ciphertext", "tag"};
    constexpr std::array places{
        &compact_jwe::encrypted_key, &compact_jwe::vector, &compact_jwe::content, &compact_jwe::tag
    };
    for (std::size_t index = 0; index < places.size(); ++index)
    {
        auto decoded = base64url_decode(from.at(index + 1));
        if (!decoded)
            return refused(std::string(names.at(index)) + ": " + decoded.error().detail);
        into.*places.at(index) = std::move(*decoded);
    }
    return {};
}

// What does not depend on any key, and so may be told.
result<void> check_sizes(const compact_jwe& jwe)
{
    const auto wanted = sizes_of(jwe.enc);
    if (jwe.vector.size() != wanted.vector || jwe.tag.size() != wanted.tag)
        return refused(fmt::format(
            "{} has an initialization vector of {} and a tag of {} bytes, this has {} and {}",
            name(jwe.enc),
            wanted.vector,
            wanted.tag,
            jwe.vector.size(),
            jwe.tag.size()
        ));
    // RFC 7516, 5.2, step 10.
    if ((jwe.alg == key_management::ecdh_es) != jwe.encrypted_key.empty())
        return refused(
            jwe.encrypted_key.empty() ? "the encrypted key is missing" : "ECDH-ES has no encrypted key"
        );
    return {};
}

std::vector<decryption_key> keys_for(const compact_jwe& jwe, std::span<const decryption_key> keys)
{
    std::vector<decryption_key> fitting;
    for (const auto& each : keys)
        if (each.takes(jwe.alg) && (!jwe.sender || jwe.sender->key.family == each.family()))
            fitting.push_back(each);
    const auto is_named = [&](const decryption_key& each) { return each.kid() == jwe.kid; };
    if (std::ranges::any_of(fitting, is_named))
        std::erase_if(fitting, [&](const decryption_key& each) { return !is_named(each); });
    return fitting;
}

std::string wanted_key(const compact_jwe& jwe)
{
    std::string text(name(jwe.alg));
    return jwe.sender ? text + " on " + jwe.sender->key.family : text;
}

} // namespace

bool is_encrypted(std::string_view text) noexcept { return std::ranges::count(text, '.') == part_count - 1; }

result<compact_jwe> take_apart_encrypted(std::string_view text)
{
    if (text.size() > largest_text)
        return refused("longer than 96 KiB");
    const auto five = split(text);
    if (!five)
        return refused("not five parts separated by dots");
    const auto header = base64url_decode(five->front());
    if (!header)
        return refused("header: " + header.error().detail);
    const auto value = parse_json(as_text(*header), header_limits);
    if (!value)
        return refused("header: " + value.error().detail);
    auto made = read_header(*value);
    if (!made)
        return std::unexpected(made.error());
    if (const auto read = read_content(*five, *made); !read)
        return std::unexpected(read.error());
    if (const auto fine = check_sizes(*made); !fine)
        return std::unexpected(fine.error());
    made->header = five->front();
    return made;
}

result<secret> decrypt(const compact_jwe& jwe, std::span<const decryption_key> keys)
{
    const auto fitting = keys_for(jwe, keys);
    if (fitting.empty())
        return fail(
            errc::value_malformed,
            no_decryption_key,
            fmt::format("none of our {} keys is for {}", keys.size(), wanted_key(jwe))
        );
    for (const auto& each : fitting)
    {
        auto key = content_key(jwe, each);
        auto content = decrypt_content(jwe, key);
        wipe(key.data(), key.size());
        ERR_clear_error(); // a later TLS call must not find our refusal
        if (content)
            return std::move(*content);
    }
    return refused("not encrypted for our keys, or changed on the way");
}

} // namespace sekisho::crypto
