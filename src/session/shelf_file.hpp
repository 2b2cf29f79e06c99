// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is on a memory_shelf as a file, so that a restart keeps it. Sealed: it tells no names, and nobody
// changes it unseen.

#include "base/result.hpp"
#include "base/time.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "session/memory_shelf.hpp"

#include <cstddef>
#include <string>

namespace sekisho::session
{

// Writes the file (mode 0600) anew beside the old one and moves it there when it is on the disk, so that
// there is always a whole one. How many values it has. `keys`: a ring of the purpose "session_file". Blocks:
// not for a worker. Error: internal_error, with the step and the system's reason.
result<std::size_t> save_shelf(
    const memory_shelf& from,
    const std::string& file,
    const crypto::key_ring& keys,
    crypto::random_source& random,
    time_point now
);

// Puts back what was saved and is not over, and removes the file: a second time it would bring back sessions
// that have ended since. How many values; 0 also when there is no file. Errors, and nothing is put back:
// internal_error, the file cannot be read or removed; value_malformed, it is damaged, cut or sealed under
// other secrets: it has been renamed to end in ".unreadable", which the detail says. Blocks.
result<std::size_t>
load_shelf(memory_shelf& into, const std::string& file, const crypto::key_ring& keys, time_point now);

} // namespace sekisho::session
