// SPDX-License-Identifier: Apache-2.0
#pragma once
// Tells when files that settings name have changed: written anew, replaced by a rename, or behind a symbolic
// link that now leads elsewhere, as Kubernetes swaps its `..data`.

#include "base/result.hpp"
#include "net/task.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sekisho::app
{

// What tells whether a file is still the one it was. Two that are not there are the same.
struct file_state
{
    std::uint64_t device = 0; // and inode: 0: it is not there
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    std::int64_t modified = 0; // nanoseconds
    std::int64_t changed = 0;

    friend bool operator==(const file_state&, const file_state&) = default;
};

file_state state_of(const std::string& file);

// The places whose entries decide what `file` is: its folder, the file, and for each symbolic link on the way
// the folder that it stands in.
std::set<std::string> places_of(const std::string& file);

// On one worker. Needs inotify.
class file_watch
{
public:
    // Error: internal_error, with the system's reason, where there is no inotify.
    static result<std::unique_ptr<file_watch>> open(net::executor on);

    file_watch(const file_watch&) = delete;
    file_watch& operator=(const file_watch&) = delete;
    ~file_watch();

    // Looks after these from now on, each as it is now unless it is looked after already. Those of them that
    // cannot be watched, with the reason.
    std::vector<std::string> use(const std::set<std::string>& files);

    // Waits until some have changed and nothing has happened for `quiet`, so that a certificate and its key
    // are seen together; their names. Empty: stopped.
    net::task<std::vector<std::string>> changed(std::chrono::milliseconds quiet);

    // Ends changed().
    void stop();

private:
    class queue;

    explicit file_watch(std::unique_ptr<queue> events);
    std::vector<std::string> watch_places();
    std::vector<std::string> compare();

    std::unique_ptr<queue> events_;
    std::map<std::string, file_state> files_;
    std::map<std::string, int> places_; // and their watch descriptors
};

} // namespace sekisho::app
