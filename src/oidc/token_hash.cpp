// SPDX-License-Identifier: Apache-2.0
#include "oidc/token_hash.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "crypto/shake.hpp"
#include "oidc/foreign.hpp"
#include "oidc/token_checks.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string_view>

namespace sekisho::oidc
{
namespace
{

// Of the signature's own algorithm (Core 3.1.3.6). Where that is EdDSA, of the key's curve, as the OpenID
// Foundation settled it (its issue 1125): SHAKE256 with 114 bytes for Ed448 (RFC 8032, 5.2).
bytes whole_hash(crypto::algorithm alg, crypto::key_kind kind, byte_view data)
{
    using enum crypto::algorithm;
    constexpr std::size_t ed448_size = 114;
    switch (alg)
    {
    case rs256:
    case ps256:
    case es256:
    case hs256:
        return crypto::hash(crypto::digest::sha256, data);
    case rs384:
    case ps384:
    case es384:
    case hs384:
        return crypto::hash(crypto::digest::sha384, data);
    case eddsa:
        if (kind == crypto::key_kind::ed448)
            return crypto::shake256(data, ed448_size);
        break;
    case ed448:
        return crypto::shake256(data, ed448_size);
    case ed25519:
    case rs512:
    case ps512:
    case es512:
    case hs512:
        break;
    }
    return crypto::hash(crypto::digest::sha512, data);
}

struct signature_kind
{
    crypto::algorithm alg;
    crypto::key_kind key;
};

struct hash_check
{
    std::string_view claim;
    std::string_view where;
    std::string_view hashed; // empty: there is nothing to compare with
    hash_claim needed;
};

result<void> check_hash(const claims& received, const hash_check& check, const signature_kind& by)
{
    const auto found = received.object().find(check.claim);
    const bool is_there = found != received.object().end();
    if (check.hashed.empty() || (!is_there && check.needed == hash_claim::optional))
        return {};
    const auto claim = is_there && found->is_string() ? found->get<std::string>() : std::string();
    if (claim.empty())
        return fail(
            errc::oidc_generic_token_failure, check.where, fault_of_text(is_there ? &*found : nullptr)
        );
    const auto whole = whole_hash(by.alg, by.key, as_bytes(check.hashed));
    const auto left_half = base64url_encode(byte_view(whole).first(whole.size() / 2));
    if (!crypto::equal_in_constant_time(as_bytes(claim), as_bytes(left_half)))
        return fail(
            errc::oidc_generic_token_failure,
            check.where,
            "is " + in_quotes(claim, 64) + ", but what came with the token hashes to " + in_quotes(left_half)
        );
    return {};
}

} // namespace

result<void> check_hashes(
    const claims& received,
    const id_token_expectations& expected,
    crypto::algorithm alg,
    crypto::key_kind kind
)
{
    const signature_kind by{alg, kind};
    const hash_check at_hash{"at_hash", "id_token.at_hash", expected.access_token.reveal(), expected.at_hash};
    if (auto passed = check_hash(received, at_hash, by); !passed)
        return passed;
    const hash_check c_hash{
        "c_hash",
        "id_token.c_hash",
        expected.code ? expected.code->view() : std::string_view(),
        expected.c_hash,
    };
    return check_hash(received, c_hash, by);
}

} // namespace sekisho::oidc
