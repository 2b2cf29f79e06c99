// SPDX-License-Identifier: Apache-2.0
#pragma once
// Networks as settings write them: 10.0.0.0/8, 2001:db8::/32 or one address. Whether a text is one;
// http/address holds them.

#include <optional>
#include <string_view>

namespace sekisho::settings
{

struct network_form
{
    int prefix = 0;             // bits; of a single address all of them
    bool has_zero_host = false; // the bits behind the prefix are zero, as they must be
};

// nullopt: not a network.
std::optional<network_form> network_of(std::string_view text);

} // namespace sekisho::settings
