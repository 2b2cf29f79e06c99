// SPDX-License-Identifier: Apache-2.0
#include "crypto/key.hpp"

#include "base/algorithm_names.hpp"
#include "base/encoding.hpp"
#include "crypto/jwk_key.hpp"
#include "crypto/native_key.hpp"

#include <nlohmann/json.hpp>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

namespace sekisho::crypto
{
namespace
{

static_assert(signature_algorithms[static_cast<std::size_t>(algorithm::eddsa)] == "EdDSA");
static_assert(signature_algorithms[static_cast<std::size_t>(algorithm::ed448)] == "Ed448");
static_assert(signature_algorithms.size() == static_cast<std::size_t>(algorithm::hs512) + 1);

constexpr std::string_view step = "key";

bool is_edwards(algorithm alg) noexcept
{
    return alg == algorithm::eddsa || alg == algorithm::ed25519 || alg == algorithm::ed448;
}

// RFC 7517, 4.2 and 4.3: what the key says it is for.
result<void> meant_for_verifying(const json_object& jwk)
{
    const auto use = jwk.optional_text("use");
    if (!use)
        return std::unexpected(use.error());
    if (*use && **use != "sig")
        return fail(errc::value_malformed, step, fmt::format("its use is \"{}\", not \"sig\"", **use));
    const auto operations = jwk.optional_texts("key_ops");
    if (!operations)
        return std::unexpected(operations.error());
    if (!operations->empty() && std::ranges::find(*operations, "verify") == operations->end())
        return fail(errc::value_malformed, step, "its key_ops lack \"verify\"");
    return {};
}

result<std::optional<algorithm>> algorithm_of(const json_object& jwk)
{
    const auto alg = jwk.optional_text("alg");
    if (!alg)
        return std::unexpected(alg.error());
    if (!*alg)
        return std::nullopt;
    const auto known = find_algorithm(**alg);
    if (!known)
        return fail(errc::value_malformed, step, fmt::format("its alg \"{}\" is none we verify", **alg));
    return known;
}

evp_key read_pem(std::string_view text)
{
    const memory_bio keys(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    evp_key key(PEM_read_bio_PUBKEY(keys.get(), nullptr, nullptr, nullptr));
    if (!key)
    {
        const memory_bio certificates(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
        const certificate read(PEM_read_bio_X509(certificates.get(), nullptr, nullptr, nullptr));
        key.reset(read ? X509_get_pubkey(read.get()) : nullptr);
    }
    ERR_clear_error();
    return key;
}

} // namespace

std::string_view name(algorithm alg) noexcept { return signature_algorithms[static_cast<std::size_t>(alg)]; }

std::optional<algorithm> find_algorithm(std::string_view name) noexcept
{
    const auto known = std::ranges::find(signature_algorithms, name);
    if (known == signature_algorithms.end())
        return std::nullopt;
    return static_cast<algorithm>(known - signature_algorithms.begin());
}

bool is_symmetric(algorithm alg) noexcept { return goes_with(alg, key_kind::symmetric); }

bool goes_with(algorithm alg, key_kind kind) noexcept
{
    switch (alg)
    {
    case algorithm::rs256:
    case algorithm::rs384:
    case algorithm::rs512:
    case algorithm::ps256:
    case algorithm::ps384:
    case algorithm::ps512:
        return kind == key_kind::rsa;
    case algorithm::es256:
        return kind == key_kind::ec_p256;
    case algorithm::es384:
        return kind == key_kind::ec_p384;
    case algorithm::es512:
        return kind == key_kind::ec_p521;
    case algorithm::eddsa:
        return kind == key_kind::ed25519 || kind == key_kind::ed448;
    case algorithm::ed25519:
        return kind == key_kind::ed25519;
    case algorithm::ed448:
        return kind == key_kind::ed448;
    case algorithm::hs256:
    case algorithm::hs384:
    case algorithm::hs512:
        return kind == key_kind::symmetric;
    }
    return false;
}

bool is_other_name(algorithm one, algorithm other) noexcept
{
    return (one == algorithm::eddsa && is_edwards(other)) || (other == algorithm::eddsa && is_edwards(one));
}

bool allows(std::span<const algorithm> these, algorithm alg) noexcept
{
    return std::ranges::any_of(
        these, [&](algorithm each) { return each == alg || (each == algorithm::eddsa && is_edwards(alg)); }
    );
}

bool verification_key::takes(algorithm alg) const noexcept
{
    return goes_with(alg, kind_) && (!alg_ || *alg_ == alg || is_other_name(*alg_, alg));
}

result<verification_key> verification_key::from_jwk(const json& jwk)
{
    const auto members = json_object::of(jwk, step);
    if (!members)
        return std::unexpected(members.error());
    if (const auto meant = meant_for_verifying(*members); !meant)
        return std::unexpected(meant.error());
    auto kid = members->optional_text("kid");
    if (!kid)
        return std::unexpected(kid.error());
    const auto alg = algorithm_of(*members);
    if (!alg)
        return std::unexpected(alg.error());
    auto public_key = read_public_key(*members);
    if (!public_key)
        return std::unexpected(public_key.error());
    const auto kind = kind_of(*public_key->get());
    if (!kind)
        return std::unexpected(kind.error());
    if (*alg && !goes_with(**alg, *kind))
        return fail(errc::value_malformed, step, "its alg does not go with its kty and crv");
    verification_key made;
    made.kind_ = *kind;
    made.kid_ = std::move(*kid);
    made.alg_ = *alg;
    made.native_ = std::make_shared<const native>(std::move(*public_key), secret());
    return made;
}

result<verification_key> verification_key::from_pem(std::string_view pem)
{
    if (pem.size() > 64 * std::size_t{1024})
        return fail(errc::value_malformed, step, "a PEM text of more than 64 KiB");
    auto public_key = read_pem(pem);
    if (!public_key)
        return fail(
            errc::value_malformed,
            step,
            "neither a public key nor a certificate in PEM (-----BEGIN PUBLIC KEY-----)"
        );
    const auto kind = kind_of(*public_key);
    if (!kind)
        return std::unexpected(kind.error());
    verification_key made;
    made.kind_ = *kind;
    made.native_ = std::make_shared<const native>(std::move(public_key), secret());
    return made;
}

verification_key verification_key::from_secret(const secret& value)
{
    verification_key made;
    made.kind_ = key_kind::symmetric;
    made.native_ = std::make_shared<const native>(evp_key(), value);
    return made;
}

} // namespace sekisho::crypto
