// SPDX-License-Identifier: Apache-2.0
#include "support/binding_provider.hpp"

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "crypto/hash.hpp"
#include "crypto/jws.hpp"

#include <cmath>
#include <utility>

namespace sekisho::test
{
namespace
{

std::string sha256(std::string_view text)
{
    return base64url_encode(crypto::hash(crypto::digest::sha256, as_bytes(text)));
}

// RFC 7638, 3.2, for the kinds of key that tests use.
std::string thumbprint_of(const nlohmann::json& jwk)
{
    nlohmann::json members;
    for (const auto* const each : {"crv", "kty", "x", "y", "e", "n"})
        if (jwk.contains(each))
            members[each] = jwk[each];
    return sha256(members.dump());
}

std::string form_value(const std::string& body, const std::string& name)
{
    const auto found = ("&" + body).find("&" + name + "=");
    if (found == std::string::npos)
        return {};
    const auto begin = found + name.size() + 1;
    return body.substr(begin, body.find('&', begin) - begin);
}

constexpr std::string_view lacks_nonce = "nonce";

} // namespace

std::string only_field(const net::outgoing_request& request, std::string_view name)
{
    std::string found;
    for (const auto& [each, value] : request.fields)
        if (each == name)
            found += value;
    return found;
}

binding_provider::binding_provider(fake_provider& peer, std::function<time_point()> now)
    : peer_(peer), now_(std::move(now))
{
    peer_.metadata["dpop_signing_alg_values_supported"] = {"ES256", "EdDSA"};
    for (const auto* const path : {"/token", "/par", "/userinfo"})
        peer_.instead[path] = [this](const net::outgoing_request& request) { return answer(request); };
}

std::string binding_provider::fault(const net::outgoing_request& request, std::string_view token)
{
    const auto text = only_field(request, "DPoP");
    const auto jws = crypto::take_apart(text);
    if (!jws || jws->typ != "dpop+jwt")
        return "typ";
    const auto header =
        nlohmann::json::parse(as_text(base64url_decode(text.substr(0, text.find('.'))).value()));
    const auto key = crypto::verification_key::from_jwk(header["jwk"]);
    if (!key || header["jwk"].contains("d") || !crypto::verify(*jws, *key))
        return "signature";
    presented_ = thumbprint_of(header["jwk"]);
    const auto claims = nlohmann::json::parse(as_text(jws->payload));
    const auto address = (origin.empty() ? request.target.origin() : origin) + request.target.path();
    if (claims.value("htm", "") != request.method)
        return "htm";
    if (claims.value("htu", "") != address)
        return "htu";
    if (std::abs(claims.value("iat", 0.0) - static_cast<double>(to_numeric_date(now_()))) > 2)
        return "iat";
    const auto jti = claims.value("jti", "");
    if (jti.empty() || std::exchange(last_jti_, jti) == jti)
        return "jti";
    if (claims.value("ath", "") != (token.empty() ? std::string() : sha256(token)))
        return "ath";
    const auto wanted = nonces.find(request.target.path());
    return wanted == nonces.end() || claims.value("nonce", "") == wanted->second ? ""
                                                                                 : std::string(lacks_nonce);
}

std::string
binding_provider::fault_of_key(const net::outgoing_request& request, std::string_view thumbprint) const
{
    const auto& path = request.target.path();
    if (path == "/par") // RFC 9449, 10.1
    {
        const auto said = form_value(request.body, "dpop_jkt");
        return said.empty() || said == thumbprint ? "" : "dpop_jkt";
    }
    if (path == "/token" && form_value(request.body, "grant_type") == "authorization_code")
        return bound_code.empty() || bound_code == thumbprint ? "" : "code";
    return bound_token == thumbprint ? "" : "key";
}

result<net::incoming_response> binding_provider::answer(const net::outgoing_request& request)
{
    const auto& path = request.target.path();
    const auto is_resource = path == "/userinfo";
    auto wrong = fault(request, is_resource ? std::string_view(access_token_) : std::string_view());
    if (wrong.empty())
        wrong = fault_of_key(request, presented_);
    if (wrong.empty() && is_resource && only_field(request, "Authorization") != "DPoP " + access_token_)
        wrong = "scheme";
    if (!wrong.empty())
        return refuse(request, wrong);
    if (is_resource)
        return json_reply(peer_.userinfo);
    if (path == "/par")
    {
        bound_code = presented_;
        return json_reply({{"request_uri", "urn:x:1"}, {"expires_in", 60}}, 201);
    }
    return tokens(request);
}

result<net::incoming_response>
binding_provider::refuse(const net::outgoing_request& request, const std::string& wrong)
{
    const auto& path = request.target.path();
    refusals_.push_back(path + ": " + wrong);
    const auto is_of_nonce = wrong == lacks_nonce;
    const std::string code = is_of_nonce ? "use_dpop_nonce" : "invalid_dpop_proof";
    auto made = json_reply({{"error", code}}, 400);
    if (path == "/userinfo")
    {
        made = {401, {{"WWW-Authenticate", "Bearer"}}, ""};
        made.fields.emplace_back("WWW-Authenticate", "DPoP error=\"" + code + "\", algs=\"ES256\"");
    }
    if (is_of_nonce)
        made.fields.emplace_back("DPoP-Nonce", nonces.find(path)->second);
    return made;
}

result<net::incoming_response> binding_provider::tokens(const net::outgoing_request& request)
{
    bound_token = presented_;
    access_token_ = "at-" + std::to_string(++issued_);
    nlohmann::json all{
        {"access_token", access_token_},
        {"token_type", token_type},
        {"refresh_token", "rt-" + std::to_string(issued_)},
        {"expires_in", 60},
    };
    if (form_value(request.body, "grant_type") == "authorization_code")
        all["id_token"] = peer_.id_token();
    return json_reply(all);
}

} // namespace sekisho::test
