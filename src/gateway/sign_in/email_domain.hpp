// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which provider an e-mail address belongs to, held against the identity that comes back: a domain that is a
// provider's own signs in there and nowhere else. Pure.

#include "base/result.hpp"
#include "identity/identity.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::gateway
{

// What is behind the "@", in lower case; empty: not an address of one clear form, or its domain is not ASCII
// (a name in another script has an ASCII form, "xn--…", and only that is compared).
std::string domain_of(std::string_view address);

// The domains of each provider, in lower case.
using domain_lists = std::span<const std::vector<std::string>>;

// The provider that this domain belongs to; nullopt: none. Subdomains do not count.
std::optional<std::size_t> owner_of(std::string_view domain, domain_lists all);

// That a person of provider `from` may be one of it. Errors: oidc_email_domain_refused when it has domains
// and the person's e-mail address is missing or of another one; oidc_email_domain_elsewhere when the e-mail
// address, the user name or the user id is an address of a domain that belongs to another provider. The
// address's verification is the mapping's affair.
result<void> check_email_domain(const identity::identity& who, std::size_t from, domain_lists all);

} // namespace sekisho::gateway
