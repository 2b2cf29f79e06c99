// SPDX-License-Identifier: Apache-2.0
#pragma once
// The ways in that no provider takes part in, and the sessions that came by them.

#include "gateway/endpoint/emergency.hpp"
#include "gateway/endpoint/local_sign_in.hpp"
#include "gateway/form/cookie.hpp"
#include "gateway/local/emergency_access.hpp"
#include "gateway/local/local_restore.hpp"
#include "session/session.hpp"

#include <memory>

namespace sekisho::gateway
{

// Of one configuration.
struct without_provider
{
    std::shared_ptr<local_restore> local; // null: local.restore is off
    local_person person;
    form_cookie local_forms;
    emergency_access emergency;
    emergency_person emergency_as;
    form_cookie emergency_forms;
};

// Whether a session came by one of these ways: no provider has one for the person.
bool came_without_provider(const session::session& value) noexcept;

// Whether a session came by one of these ways, and the settings do not have it any more: it opens no more.
bool came_by_closed_way(const session::session& value, const without_provider& ways) noexcept;

} // namespace sekisho::gateway
