// SPDX-License-Identifier: Apache-2.0
#pragma once
// A provider's end of the line: plays answers in order, records what was asked, can fail one call and can
// keep all waiting.

#include "net/http_client.hpp"
#include "net/run_on.hpp"

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::test
{

// A 200 with JSON.
net::incoming_response json_answer(std::string body);

class scripted_http_client final : public net::http_client
{
public:
    // The next answer in order. When none is left, a call fails with internal_error.
    void answer(result<net::incoming_response> next) { script_.push_back(std::move(next)); }
    void answer_json(std::string body) { answer(json_answer(std::move(body))); }
    // The call with this number (from 0) fails in place of its answer.
    void fail_call(std::size_t number, error with);

    // From now on nobody is answered; released, all are.
    void hold() { is_held_ = true; }
    void release();

    const std::vector<net::outgoing_request>& requests() const { return requests_; }
    std::size_t calls() const { return requests_.size(); }
    std::size_t unused_answers() const { return script_.size(); }

    net::task<result<net::incoming_response>> send(net::outgoing_request request) override;

private:
    result<net::incoming_response> next_answer(std::size_t number);

    std::deque<result<net::incoming_response>> script_;
    std::vector<net::outgoing_request> requests_;
    std::optional<std::size_t> failing_;
    error failure_;
    bool is_held_ = false;
    std::vector<std::weak_ptr<net::wake_up>> waiting_;
};

} // namespace sekisho::test
