// SPDX-License-Identifier: Apache-2.0
#include "crypto/jws.hpp"

#include "crypto/hash.hpp"
#include "crypto/jws_algorithm.hpp"
#include "crypto/native_key.hpp"

#include <nlohmann/json.hpp>
#include <openssl/err.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <utility>

namespace sekisho::crypto
{
namespace
{

constexpr std::size_t largest_text = 64 * std::size_t{1024};
constexpr std::string_view step = "jws";

struct parts
{
    std::string_view header;
    std::string_view payload;
    std::string_view signature;
};

std::optional<parts> split(std::string_view text)
{
    const auto first = text.find('.');
    const auto second = text.find('.', std::min(first, text.size() - 1) + 1);
    if (first == text.npos || second == text.npos || text.find('.', second + 1) != text.npos)
        return std::nullopt;
    return parts{text.substr(0, first), text.substr(first + 1, second - first - 1), text.substr(second + 1)};
}

result<bytes> part(std::string_view text, std::string_view which)
{
    auto decoded = base64url_decode(text);
    if (!decoded)
        return fail(
            errc::value_malformed, step, std::string(which).append(": ").append(decoded.error().detail)
        );
    return decoded;
}

// alg, kid and typ of the protected header into a compact_jws that has nothing else yet.
result<compact_jws> read_header(const json& value)
{
    const auto header = json_object::of(value, step);
    if (!header)
        return std::unexpected(header.error());
    // RFC 7515, 4.1.11 and RFC 7797: extensions we would have to understand; we understand none.
    if (header->find("crit") != nullptr || header->find("b64") != nullptr)
        return fail(errc::value_malformed, step, "the header has crit or b64, which are not supported");
    const auto name = header->text("alg");
    if (!name)
        return std::unexpected(name.error());
    const auto alg = find_algorithm(*name);
    if (!alg)
        return fail(errc::value_malformed, step, "the header's alg is none we verify");
    auto kid = header->optional_text("kid");
    if (!kid)
        return std::unexpected(kid.error());
    auto typ = header->optional_text("typ");
    if (!typ)
        return std::unexpected(typ.error());
    return compact_jws{*alg, std::move(*kid), std::move(*typ), {}, {}, {}};
}

const unsigned char* raw(byte_view data) { return reinterpret_cast<const unsigned char*>(data.data()); }

// RFC 7518, 3.4: r and s, each of the size of the curve's order, as OpenSSL wants them. Empty: not of that
// size.
bytes der_of(byte_view signature, const EVP_PKEY& key)
{
    const auto size = (static_cast<std::size_t>(EVP_PKEY_get_bits(&key)) + 7) / 8;
    if (signature.size() != size * 2)
        return {};
    big_number r(BN_bin2bn(raw(signature.first(size)), static_cast<int>(size), nullptr));
    big_number s(BN_bin2bn(raw(signature.last(size)), static_cast<int>(size), nullptr));
    const ecdsa_signature both(ECDSA_SIG_new());
    if (!r || !s || !both || ECDSA_SIG_set0(both.get(), r.get(), s.get()) != 1)
        return {};
    static_cast<void>(r.release()); // owned by `both` now
    static_cast<void>(s.release());
    bytes der(static_cast<std::size_t>(std::max(0, i2d_ECDSA_SIG(both.get(), nullptr))));
    auto* cursor = reinterpret_cast<unsigned char*>(der.data());
    i2d_ECDSA_SIG(both.get(), &cursor);
    return der;
}

bool verify_evp(const compact_jws& jws, EVP_PKEY& key, byte_view signature)
{
    const evp_digest_context context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* padding = nullptr;
    if (!context || EVP_DigestVerifyInit(context.get(), &padding, evp_digest_of(jws.alg), nullptr, &key) != 1)
        return false;
    // RFC 7518, 3.5: the salt is as long as the digest, MGF1 uses the same digest (OpenSSL's default).
    if (is_pss(jws.alg) && (EVP_PKEY_CTX_set_rsa_padding(padding, RSA_PKCS1_PSS_PADDING) != 1 ||
                            EVP_PKEY_CTX_set_rsa_pss_saltlen(padding, RSA_PSS_SALTLEN_DIGEST) != 1))
        return false;
    const auto input = as_bytes(jws.signing_input);
    return EVP_DigestVerify(context.get(), raw(signature), signature.size(), raw(input), input.size()) == 1;
}

bool verify_asymmetric(const compact_jws& jws, EVP_PKEY& key)
{
    const auto der = is_ecdsa(jws.alg) ? der_of(jws.signature, key) : bytes();
    const auto signature = is_ecdsa(jws.alg) ? byte_view(der) : byte_view(jws.signature);
    const bool verified = !signature.empty() && verify_evp(jws, key, signature);
    ERR_clear_error(); // a later TLS call must not find our refusal
    return verified;
}

} // namespace

result<compact_jws> take_apart(std::string_view text)
{
    if (text.size() > largest_text)
        return fail(errc::value_malformed, step, "longer than 64 KiB");
    const auto three = split(text);
    if (!three)
        return fail(errc::value_malformed, step, "not three parts separated by dots");
    const auto header = part(three->header, "header");
    if (!header)
        return std::unexpected(header.error());
    const auto value = parse_json(as_text(*header));
    if (!value)
        return fail(errc::value_malformed, step, "header: " + value.error().detail);
    auto read = read_header(*value);
    if (!read)
        return std::unexpected(read.error());
    auto payload = part(three->payload, "payload");
    if (!payload)
        return std::unexpected(payload.error());
    auto signature = part(three->signature, "signature");
    if (!signature)
        return std::unexpected(signature.error());
    read->signing_input = text.substr(0, three->header.size() + 1 + three->payload.size());
    read->payload = std::move(*payload);
    read->signature = std::move(*signature);
    return read;
}

bool verify(const compact_jws& jws, const verification_key& key)
{
    if (!key.takes(jws.alg))
        return false;
    const auto& native = key.handle();
    if (!is_symmetric(jws.alg))
        return verify_asymmetric(jws, *native.key);
    // Nobody's secret is empty: it would be everybody's.
    if (native.shared_bytes.empty())
        return false;
    const auto expected =
        hmac(digest_of(jws.alg), as_bytes(native.shared_bytes.reveal()), as_bytes(jws.signing_input));
    return equal_in_constant_time(expected, jws.signature);
}

} // namespace sekisho::crypto
