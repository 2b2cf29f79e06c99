// SPDX-License-Identifier: Apache-2.0
#pragma once
// Rows of what `sekisho check` finds on the way to a provider and in what proves us there, in the order of
// the enumeration; app/check/finding puts them into the table.

#include "app/check/finding.hpp"

#include <array>

namespace sekisho::app::rows
{

using enum check_code;
using enum check_level;

inline constexpr std::array of_reach{
    check_row{provider_back_channel, "provider.back_channel", ok, "", ""},
    check_row{provider_proxy, "provider.proxy", ok, "", ""},
    check_row{provider_address_reachable, "provider.address_reachable", ok, "", ""},
    check_row{
        provider_address_unreachable,
        "provider.address_unreachable",
        problem,
        "Every sign-in calls this address from here, so nobody can sign in.",
        "Correct the address in the settings; look at the name server, the proxy and the firewall. If TLS "
        "fails because of an authority of your own, give its certificate in oidc.ca_file."
    },
    check_row{
        provider_address_unseen,
        "provider.address_unseen",
        warning,
        "Sign-ins do not call this address from here: browsers open it, or nothing does yet. They may see it "
        "where this machine does not.",
        "Open it in a browser where people are, and correct the setting if that fails too."
    },
    check_row{provider_certificate, "provider.certificate", ok, "", ""},
    check_row{
        provider_certificate_ends,
        "provider.certificate_ends",
        warning,
        "From then on the provider refuses our TLS certificate, and with it every sign-in.",
        "Renew it and put it into the same file: it is read again without a restart. Where the provider "
        "knows the certificate itself, register the new one there first."
    },
    check_row{
        provider_certificate_over,
        "provider.certificate_over",
        problem,
        "The provider refuses an expired TLS certificate, so nobody can sign in where it asks for one.",
        "Renew the certificate of oidc.client_certificate: it is read again without a restart."
    },
    check_row{
        provider_credentials_unusable,
        "provider.credentials_unusable",
        problem,
        "We cannot prove who we are to the provider, so no code can be exchanged.",
        "Correct the file: `sekisho key generate` makes a key, and an assertion is written by whoever issues "
        "it."
    },
    check_row{provider_signing_keys, "provider.signing_keys", ok, "", ""},
    check_row{provider_decryption_keys, "provider.decryption_keys", ok, "", ""},
    check_row{provider_assertion_file, "provider.assertion_file", ok, "", ""},
};

} // namespace sekisho::app::rows
