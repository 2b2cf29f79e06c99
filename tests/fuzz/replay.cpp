// SPDX-License-Identifier: Apache-2.0
// Runs a fuzz target over its corpus and fixed mutations of it, without libFuzzer: the same inputs every
// time.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace
{

constexpr std::size_t most_cuts = 64;
constexpr std::size_t most_flips = 256;

std::string read(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// On the heap in its exact size, so that AddressSanitizer sees a byte read too far.
void run(const std::string& input)
{
    const std::vector<std::uint8_t> exact(input.begin(), input.end());
    LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

void run_mutations(const std::string& input)
{
    run(input);
    run(input + input);
    const auto cut_step = std::max<std::size_t>(1, input.size() / most_cuts);
    for (std::size_t size = 0; size < input.size(); size += cut_step)
    {
        run(input.substr(0, size));
        run(input.substr(size));
    }
    const auto flip_step =
        std::max<std::size_t>(1, input.size() * 8 / most_flips) | 1U; // meets every bit of a byte
    for (std::size_t bit = 0; bit < input.size() * 8; bit += flip_step)
    {
        auto flipped = input;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
        run(flipped);
    }
}

} // namespace

int main(int count, char** arguments)
{
    std::vector<std::filesystem::path> files;
    if (count == 2 && std::filesystem::is_directory(arguments[1]))
        for (const auto& each : std::filesystem::directory_iterator(arguments[1]))
            files.push_back(each.path());
    if (files.empty())
    {
        std::cerr << "usage: <name>_corpus DIRECTORY with at least one input in it\n";
        return 2;
    }
    std::ranges::sort(files);
    run("");
    for (const auto& file : files)
        run_mutations(read(file));
    std::cout << files.size() << " inputs and their mutations replayed\n";
    return 0;
}
