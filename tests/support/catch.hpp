// SPDX-License-Identifier: Apache-2.0
#pragma once
// Catch2 2 (Debian 12) or 3 (newer systems).
#if SEKISHO_CATCH_MAJOR < 3
#include <catch2/catch.hpp>
#else
#include <catch2/catch_all.hpp>
#endif
