// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where the provider of a session ends its own session, and what it is told there.

#include "base/secret.hpp"
#include "base/time.hpp"
#include "base/url.hpp"
#include "gateway/addresses.hpp"
#include "gateway/context.hpp"
#include "oidc/logout_request.hpp"
#include "provider/registry.hpp"

#include <memory>
#include <optional>
#include <string>

namespace sekisho::gateway
{

// That of the session; null: there is no session, or its provider is not configured any more.
std::shared_ptr<provider::provider> provider_of(const context& about, const provider::registry& providers);

struct way_out
{
    std::shared_ptr<const provider::provider> at;
    oidc::logout_form form = oidc::logout_form::standard;
    url address;
};

// nullopt: the provider has no way for it, or is not known yet.
std::optional<way_out> way_out_of(const context& about, const provider::registry& providers);

// Where the provider is to send people back to: what is registered there, or our own page. `origin` is ours,
// as the person sees it.
std::string landing_of(const way_out& way, const url& origin, const addresses& ours);

struct sign_out_words
{
    secret hint;         // the ID token; empty: none is known
    std::string landing; // where the provider sends people back to
    std::string state;
};

// The address to send the browser to. A hint that has expired is left out where the provider refuses such
// ones, and one that is too long for an address everywhere: the provider knows us by client_id too.
std::string address_of(const way_out& way, sign_out_words words, time_point now);

} // namespace sekisho::gateway
