// SPDX-License-Identifier: Apache-2.0
#pragma once
// `sekisho key`: what may follow it.

#include <optional>
#include <string>

namespace CLI
{
class App;
}

namespace sekisho::app
{

struct key_request;

// What was typed and is not a value yet.
struct key_words
{
    std::string algorithm;   // --alg; empty: not said
    std::string publication; // --publish; empty: not said
};

// generate and rotate, with their options. `into` and `words` must outlive `key`.
void add_key_actions(CLI::App& key, key_request& into, key_words& words);

// Puts what the words mean into the request. A text: what is wrong with them; nullopt: nothing.
std::optional<std::string> complete(key_request& wanted, const key_words& words);

} // namespace sekisho::app
