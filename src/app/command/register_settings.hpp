// SPDX-License-Identifier: Apache-2.0
#pragma once
// The settings of a client that is not registered yet: without its id and secret they are good enough.

#include "app/command/command_line.hpp"
#include "settings/effective.hpp"
#include "settings/model.hpp"

#include <expected>
#include <string>

namespace sekisho::app
{

struct settings_to_register
{
    settings::model values;
    settings::effective_provider provider; // client id and secret are placeholders
};

// `provider` empty: the only one. Problems that do not concern a registration are passed over. Error: for
// people, all there are.
std::expected<settings_to_register, std::string>
load_to_register(const settings_request& request, const std::string& provider);

} // namespace sekisho::app
