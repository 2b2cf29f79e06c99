// SPDX-License-Identifier: Apache-2.0
#pragma once
// `sekisho emergency`: what may follow it.

namespace CLI
{
class App;
}

namespace sekisho::app
{

struct emergency_request;

// list, invite, password and remove, with their options. `into` must outlive `emergency`.
void add_emergency_actions(CLI::App& emergency, emergency_request& into);

} // namespace sekisho::app
