// SPDX-License-Identifier: Apache-2.0
#pragma once
// The way to the test page that `sekisho check` offers: when nobody can sign in, nobody could open it
// otherwise.

#include "app/check/finding.hpp"
#include "base/time.hpp"
#include "crypto/random.hpp"
#include "settings/model.hpp"

namespace sekisho::app
{

// The address with a fresh ticket, or why there is none: without session.secret the running gate has another
// one. The settings are usable.
check_finding offer_test_page(const settings::model& from, time_point now, crypto::random_source& random);

// The address alone, for a report that holds nothing that lets in, or why there is none.
check_finding name_test_page(const settings::model& from);

} // namespace sekisho::app
