// SPDX-License-Identifier: Apache-2.0
#pragma once
// What every store of sessions promises (session/store.hpp), as one suite: call it in a TEST_CASE of its own.

#include "session/store.hpp"
#include "support/run.hpp"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace sekisho::test
{

class store_subject
{
public:
    virtual ~store_subject() = default;
    // A store of one replica, with these secrets; all of a subject share their shelf. Its limits are the
    // usual ones: twelve hours, no idle limit.
    virtual std::unique_ptr<session::store> make(std::vector<secret> secrets) = 0;
    // Whether a session that is taken away is gone, or lives on in the browser's cookie.
    virtual bool is_gone_when_taken() const = 0;

    net::asio::io_context context{1}; // where the test's coroutines run
    template <class T>
    T run(net::task<T> work)
    {
        return test::run(context, std::move(work));
    }
};

// `make`: a new subject with nothing on its shelf.
void session_store_contract(const std::function<std::unique_ptr<store_subject>()>& make);

} // namespace sekisho::test
