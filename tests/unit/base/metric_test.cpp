// SPDX-License-Identifier: Apache-2.0
#include "base/metric.hpp"
#include "support/catch.hpp"

#include <stdexcept>

using namespace sekisho;

TEST_CASE("samples of the same name and labels are summed over their owners", "[base]")
{
    metric::registry registry;
    auto& one = registry.make_counter("sekisho_requests_total", "Requests.", metric::label("code", "200"));
    auto& two = registry.make_counter("sekisho_requests_total", "Requests.", metric::label("code", "200"));
    auto& other = registry.make_counter("sekisho_requests_total", "Requests.", metric::label("code", "404"));
    one.add();
    two.add(41);
    other.add(7);
    CHECK(
        registry.expose() == "# HELP sekisho_requests_total Requests.\n"
                             "# TYPE sekisho_requests_total counter\n"
                             "sekisho_requests_total{code=\"200\"} 42\n"
                             "sekisho_requests_total{code=\"404\"} 7\n"
    );
}

TEST_CASE("a gauge rises and falls, also below zero in one owner", "[base]")
{
    metric::registry registry;
    auto& opened = registry.make_gauge("sekisho_connections", "Open connections.");
    auto& closed = registry.make_gauge("sekisho_connections", "Open connections.");
    opened.add(5);
    closed.add(-2);
    CHECK(
        registry.expose() == "# HELP sekisho_connections Open connections.\n"
                             "# TYPE sekisho_connections gauge\n"
                             "sekisho_connections 3\n"
    );
}

TEST_CASE("a histogram has cumulative buckets in seconds, a sum and a count", "[base]")
{
    metric::registry registry;
    auto& one = registry.make_histogram("sekisho_seconds", "Time.", metric::label("to", "upstream"));
    auto& two = registry.make_histogram("sekisho_seconds", "Time.", metric::label("to", "upstream"));
    one.observe(0);
    one.observe(100); // on the bound: belongs to it
    one.observe(101);
    two.observe(2'000'000);
    two.observe(60'000'000); // beyond the last bound
    CHECK(
        registry.expose() == "# HELP sekisho_seconds Time.\n"
                             "# TYPE sekisho_seconds histogram\n"
                             "sekisho_seconds_bucket{to=\"upstream\",le=\"0.0001\"} 2\n"
                             "sekisho_seconds_bucket{to=\"upstream\",le=\"0.00025\"} 3\n"
                             "sekisho_seconds_bucket{to=\"upstream\",le=\"0.0005\"} 3\n"
                             "sekisho_seconds_bucket{to=\"upstream\",le=\"0.001\"} 3\n"
                             "sekisho_seconds_bucket{to=\"upstream\",le=\"0.0025\"} 3\n"
                             "sekisho_seconds_bucket{to=\"upstream\",le=\"0.005\"} 3\n"
                             "sekisho_seconds_bucket{to=\"upstream\",le=\"0.01\"} 3\n"
                             "sekisho_seconds_bucket{to=\"upstream\",le=\"0.025\"} 3\n"
                             "sekisho_seconds_bucket{to=\"upstream\",le=\"0.05\"} 3\n"
                             "sekisho_seconds_bucket{to=\"upstream\",le=\"0.1\"} 3\n"
                             "sekisho_seconds_bucket{to=\"upstream\",le=\"0.25\"} 3\n"
                             "sekisho_seconds_bucket{to=\"upstream\",le=\"1\"} 3\n"
                             "sekisho_seconds_bucket{to=\"upstream\",le=\"5\"} 4\n"
                             "sekisho_seconds_bucket{to=\"upstream\",le=\"30\"} 4\n"
                             "sekisho_seconds_bucket{to=\"upstream\",le=\"+Inf\"} 5\n"
                             "sekisho_seconds_sum{to=\"upstream\"} 62.000201\n"
                             "sekisho_seconds_count{to=\"upstream\"} 5\n"
    );
}

TEST_CASE("without labels a histogram's samples have le alone or no braces", "[base]")
{
    metric::registry registry;
    registry.make_histogram("h", "Help.").observe(50);
    const auto text = registry.expose();
    CHECK(text.find("h_bucket{le=\"0.0001\"} 1\n") != std::string::npos);
    CHECK(text.find("h_sum 5e-05\nh_count 1\n") != std::string::npos);
}

TEST_CASE("families stand in the order of their names, each with its lines once", "[base]")
{
    metric::registry registry;
    registry.make_counter("b_total", "B.");
    registry.make_gauge("a", "A.");
    CHECK(
        registry.expose() ==
        "# HELP a A.\n# TYPE a gauge\na 0\n# HELP b_total B.\n# TYPE b_total counter\nb_total 0\n"
    );
    CHECK(metric::registry().expose().empty());
}

TEST_CASE("label values and help texts are escaped", "[base]")
{
    CHECK(metric::label("path", "a\"b\\c\nd") == R"(path="a\"b\\c\nd")");
    metric::registry registry;
    registry.make_counter("c_total", "Line\nand \"back\\slash\".");
    CHECK(registry.expose().starts_with("# HELP c_total Line\\nand \"back\\\\slash\".\n"));
}

TEST_CASE("a name has one type", "[base]")
{
    metric::registry registry;
    registry.make_counter("x", "X.");
    CHECK_THROWS_AS(registry.make_gauge("x", "X."), std::logic_error);
}
