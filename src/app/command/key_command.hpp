// SPDX-License-Identifier: Apache-2.0
#pragma once
// `sekisho key`: makes and rotates our private keys, and says what to register at the provider.

#include "app/command/command_line.hpp"
#include "base/time.hpp"
#include "settings/model.hpp"

#include <string>

namespace sekisho::app
{

struct key_report
{
    int status = 0;
    std::string text;
};

// `sekisho key generate` and `sekisho key rotate`. What failed is in the text, with status_failed.
key_report change_keys(const key_request& wanted, time_point now);

// What to register: for every provider with a signing_key or decryption_key where its public keys are found,
// which state each is in, and the keys themselves. status_failed when there is none or one cannot be read.
key_report describe_keys(const settings::model& with, time_point now);

} // namespace sekisho::app
