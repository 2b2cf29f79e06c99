// SPDX-License-Identifier: Apache-2.0
#include "provider/dpop_prover.hpp"

#include "provider/caller.hpp"

#include <filesystem>
#include <system_error>

namespace sekisho::provider
{
namespace
{

constexpr std::string_view setting = "oidc.dpop_key";

} // namespace

dpop_prover::dpop_prover(const configuration& what, const services& with)
    : what_(what), with_(with), keys_(what.dpop_key, setting, what.proofs.allowed)
{
}

result<crypto::signing_key> dpop_prover::key()
{
    if (!is_on())
        return fail(errc::value_malformed, setting, "is not set");
    auto signer = keys_.at(with_.now());
    if (!signer)
        return std::unexpected(signer.error());
    return std::move(signer->key);
}

result<std::string> dpop_prover::thumbprint(const oidc::metadata& metadata)
{
    if (!is_on())
        return std::string();
    const auto ours = key();
    if (!ours)
        return std::unexpected(ours.error());
    if (const auto alg = oidc::choose_dpop_algorithm(*ours, metadata.dpop_algorithms); !alg)
        return std::unexpected(alg.error());
    return ours->thumbprint();
}

result<void> dpop_prover::check()
{
    if (!is_on())
        return {};
    // Keys that take turns would leave behind the tokens that are bound to the last one.
    if (std::error_code ignored; std::filesystem::is_directory(what_.dpop_key, ignored))
        return fail(
            errc::value_malformed,
            setting,
            what_.dpop_key + ": is a directory; tokens stay bound to one key, so name the file"
        );
    if (const auto ours = key(); !ours)
        return std::unexpected(ours.error());
    return {};
}

result<net::outgoing_request> dpop_prover::proven(
    net::outgoing_request request, dpop_server at, const oidc::metadata& metadata, const secret& access_token
)
{
    if (!is_on())
        return request;
    const auto ours = key();
    if (!ours)
        return std::unexpected(ours.error());
    const auto alg = oidc::choose_dpop_algorithm(*ours, metadata.dpop_algorithms);
    if (!alg)
        return std::unexpected(alg.error());
    const auto nonce = nonces_.find({at, request.target.origin()});
    const oidc::dpop_request what{
        .method = request.method,
        .target = request.target,
        .access_token = access_token,
        .nonce = nonce == nonces_.end() ? std::string() : nonce->second,
        .jti = with_.random.token(),
        .now = with_.now(),
    };
    auto proof = oidc::make_dpop_proof(what, *ours, *alg);
    if (!proof)
        return std::unexpected(proof.error());
    request.fields.emplace_back("DPoP", std::move(*proof));
    return request;
}

bool dpop_prover::remember(dpop_server at, const url& asked, const net::incoming_response& answer)
{
    const auto nonce = field_of(answer, "DPoP-Nonce");
    if (!is_on() || !oidc::is_dpop_nonce(nonce))
        return false;
    // A handful of addresses: those of the metadata and of the settings.
    nonces_[{at, asked.origin()}] = std::string(nonce);
    return oidc::wants_dpop_nonce(answer.status, fields_of(answer, "WWW-Authenticate"), answer.body);
}

} // namespace sekisho::provider
