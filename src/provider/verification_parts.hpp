// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the steps of a sign-in's second half work with.

#include "provider/back_channel.hpp"
#include "provider/completion.hpp"
#include "provider/configuration.hpp"
#include "provider/decryption_keys.hpp"
#include "provider/journal.hpp"
#include "provider/key_source.hpp"
#include "provider/metadata_source.hpp"
#include "provider/services.hpp"

namespace sekisho::provider
{

// All of one provider.
struct verification_parts
{
    const configuration& what;
    const services& with;
    metadata_source& metadata;
    key_source& keys;
    back_channel& channel;
    decryption_keys& decrypts;
    completion* completes;     // null: there is none
    journal* record = nullptr; // null: nobody looks; lives as long as the sign-in
};

} // namespace sekisho::provider
