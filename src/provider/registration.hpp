// SPDX-License-Identifier: Apache-2.0
#pragma once
// Registers this client at a provider, changes it and takes it away again (RFC 7591, RFC 7592).

#include "base/json.hpp"
#include "base/result.hpp"
#include "net/task.hpp"
#include "oidc/registration.hpp"
#include "oidc/registration_response.hpp"
#include "provider/caller.hpp"

namespace sekisho::provider
{

// On `home`. Each call is made once: a second registration would be a second client. Errors: as
// oidc::read_registration, and oidc_provider_unavailable when no answer came, whatever became of the request.
net::task<result<oidc::registered_client>>
create_client(caller& calls, url endpoint, json metadata, secret initial_access_token);
net::task<result<oidc::registered_client>>
update_client(caller& calls, oidc::kept_registration client, json metadata);
net::task<result<void>> delete_client(caller& calls, oidc::kept_registration client);

} // namespace sekisho::provider
