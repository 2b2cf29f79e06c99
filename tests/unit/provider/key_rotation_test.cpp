// SPDX-License-Identifier: Apache-2.0
#include "provider/key_rotation.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using namespace sekisho::provider;

namespace
{

const time_point noon{std::chrono::seconds(1'790'000'000)};
const auto ever = signing_start();

using indexes = std::vector<std::size_t>;

} // namespace

TEST_CASE("which key signs, which are known and which are done with follows from their times", "[provider]")
{
    const auto [rule, keys, signing, next, leaving, retired] =
        GENERATE(table<std::string, std::vector<signing_start>, std::size_t, indexes, indexes, indexes>({
            {"one key", {noon - 1h}, 0, {}, {}, {}},
            {"one key without a time", {ever}, 0, {}, {}, {}},
            {"a next key is published and does not sign", {noon - 1h, noon + 1s}, 0, {1}, {}, {}},
            {"its time has come", {noon - 1h, noon}, 1, {}, {0}, {}},
            {"the old one stays until its assertions are dead", {noon - 1h, noon - 10min + 1s}, 1, {}, {0}, {}
            },
            {"then it is done with", {noon - 1h, noon - 10min}, 1, {}, {}, {0}},
            {"in any order", {noon - 1h, noon - 3h, noon + 1h, noon - 2h}, 0, {2}, {}, {1, 3}},
            {"all begin later: one has to sign", {noon + 2h, noon + 1h}, 1, {0}, {}, {}},
            {"without times all stay, the last signs", {ever, ever, ever}, 2, {}, {0, 1}, {}},
            {"a dated one follows one without", {ever, noon + 1h}, 0, {1}, {}, {}},
            {"and takes its place", {ever, noon - 1h}, 1, {}, {}, {0}},
            {"at the same time the later one is the newer", {noon - 1h, noon - 1h}, 1, {}, {}, {0}},
        }));
    CAPTURE(rule);
    const auto plan = plan_rotation(keys, noon);
    CHECK(plan.signing == signing);
    CHECK(plan.next == next);
    CHECK(plan.leaving == leaving);
    CHECK(plan.retired == retired);
}

TEST_CASE("without keys there is no plan", "[provider]") { CHECK_FALSE(plan_rotation({}, noon).signing); }

TEST_CASE(
    "at every moment of a rotation the key that signs has been published for the whole time before",
    "[provider]"
)
{
    // Two rotations, looked at every minute: whoever fetches keys once an hour never meets an unknown one.
    const std::vector<signing_start> keys{noon, noon + 3h, noon + 6h};
    for (auto now = noon; now < noon + 8h; now += 1min)
    {
        std::vector<signing_start> there; // a key is made publication_time before it signs
        for (const auto& each : keys)
            if (each == keys.front() || *each - publication_time <= now)
                there.push_back(each);
        const auto signing = *plan_rotation(there, now).signing;
        CHECK((signing == 0 || *there[signing] <= now));
        // And what was signed a minute ago can still be checked.
        const auto before = *plan_rotation(there, now - 60s).signing;
        const auto plan = plan_rotation(there, now);
        CHECK(std::ranges::find(plan.retired, before) == plan.retired.end());
    }
}
