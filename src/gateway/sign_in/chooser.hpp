// SPDX-License-Identifier: Apache-2.0
#pragma once
// What stands on the page on which a provider is chosen. Pure.

#include "gateway/addresses.hpp"
#include "gateway/sign_in/provider_choice.hpp"
#include "http/form.hpp"
#include "pages/chooser.hpp"
#include "provider/registry.hpp"

#include <string>
#include <string_view>

namespace sekisho::gateway
{

// What a provider is called in this language.
const std::string& label_of(const provider::provider& of, pages::language in);

struct chooser_facts
{
    const addresses& ours;
    const provider::registry& providers;
    const provider_choice& choice; // outcome::ask
    pages::language in;
    const http::form& form; // of the request: what may pass to a provider is carried along
    std::string_view return_to;
    pages::keeping keeps = pages::keeping::not_offered;
};

pages::chooser chooser_of(const chooser_facts& facts);

} // namespace sekisho::gateway
