// SPDX-License-Identifier: Apache-2.0
#include "provider/registry.hpp"
#include "support/catch.hpp"
#include "unit/provider/fixture.hpp"

using namespace sekisho;

namespace
{

std::unique_ptr<provider::provider> named(test::provider_fixture& the, std::string name)
{
    the.what.name = std::move(name);
    return std::make_unique<provider::provider>(the.what, the.services());
}

} // namespace

TEST_CASE("providers are found by name and the first is the default", "[provider]")
{
    test::provider_fixture the;
    provider::registry all;
    REQUIRE(all.add(named(the, "one")));
    REQUIRE(all.add(named(the, "two")));
    CHECK(all.default_provider().name() == "one");
    REQUIRE(all.find("two") != nullptr);
    CHECK(all.find("two")->name() == "two");
    CHECK(all.find("three") == nullptr);
    CHECK(all.all().size() == 2);
}

TEST_CASE("two providers of one name, or one without, are refused", "[provider]")
{
    test::provider_fixture the;
    provider::registry all;
    REQUIRE(all.add(named(the, "one")));
    CHECK(all.add(named(the, "one")).error().code == errc::value_malformed);
    CHECK(all.add(named(the, "")).error().code == errc::value_malformed);
    CHECK(all.all().size() == 1);
}
