// SPDX-License-Identifier: Apache-2.0
#pragma once
// The paths that are ours on the public side, and the addresses made of them.

#include "base/url.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho::gateway
{

struct addresses
{
    std::optional<url> public_url; // server.public_url; none: what each request says
    std::string callback_path = "/oidc/callback";
    std::string login_path = "/oidc/login";
    std::string session_path = "/oidc/session";
    std::string logout_path = "/logout";
    std::string initiate_path = "/oidc/initiate";
    std::string jwks_path = "/oidc/jwks";
    std::string test_path = "/oidc/test";
    std::string backchannel_logout_path = "/oidc/backchannel-logout";
    std::string frontchannel_logout_path = "/oidc/frontchannel-logout";
    std::string check_session_path = "/oidc/check-session";
    std::string local_path = "/oidc/local";
    std::string emergency_path = "/oidc/emergency";
    std::string resume_path = "/oidc/resume";
    bool signs_in_locally = false; // local.restore: sign-in is at local_path, whoever asks for it elsewhere
    bool keeps_fragments = false;  // session.keep_fragment: pages of ours stand around each sign-in

    // Of the lengths of all these paths, each as a bit; those above 63 share the last one. A path whose
    // length is not among them needs no further look.
    std::uint64_t lengths() const noexcept;
    static std::uint64_t length_bit(std::string_view path) noexcept;

    // Whether `target`'s path is exactly one of ours that nobody can go back to after a sign-in (the test
    // page is a page as any other); query and fragment do not count.
    bool is_ours(std::string_view target) const noexcept;
    // "/oidc/login?return_to=…": begins a sign-in that ends at `return_to`, a target of our own host.
    std::string login_for(std::string_view return_to) const;
    // "/oidc/resume?form=…&for=…": where a kept form is sent again, by whoever has signed in; `path` is what
    // it is for, and left out when it is very long.
    std::string resume_for(std::string_view form, std::string_view path) const;
    // "/oidc/local?return_to=…": the same, for whoever has the temporary password.
    std::string local_for(std::string_view return_to) const;
};

// Where a person who asked for `candidate` is sent: a target of our own host (http/return_address), and never
// one of our own endpoints, which would send them round in circles or sign them out again.
std::string return_address(std::string_view candidate, const url& origin, const addresses& ours);

// The same, but empty instead of "/" unless the front page itself was asked for: for where it is good to end
// without going anywhere.
std::string own_return_address(std::string_view candidate, const url& origin, const addresses& ours);

// The same for the target of a request that came to us: byte for byte, for it names our host already.
std::string return_address_of(std::string_view canonical_target, const addresses& ours);

// The canonical path that a sign-in is for in the end: that of a return address; behind a kept form, the path
// that it goes to. "/" when it cannot be read.
std::string path_wanted(std::string_view return_to, const addresses& ours);

} // namespace sekisho::gateway
