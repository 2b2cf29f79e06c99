// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is wanted of one provider in its requests and at sign-out: settings as the provider folder's values.

#include "base/result.hpp"
#include "provider/wishes.hpp"
#include "settings/model.hpp"

namespace sekisho::app
{

// Error: value_malformed at "login_parameters".
result<provider::request_wishes> wishes_of(const settings::oidc_settings& from);
provider::sign_out_form sign_out_of(settings::sign_out_form from);

} // namespace sekisho::app
