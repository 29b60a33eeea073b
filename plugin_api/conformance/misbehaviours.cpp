// Which check answers for which breach of the contract: a plugin with one fault fails one check, and the reader
// knows where to look.

#include "misbehaviours.hpp"

#include "check.hpp"

#include <array>
#include <mutex>
#include <string>
#include <vector>

namespace conformance {
namespace {

struct Owner {
    std::string_view words;
    std::string_view check;
};

constexpr std::array owners{
    Owner{"create: calls", "N2"},
    Owner{"complete: of no open operation", "L1"},
    Owner{"fails, and has completed, too", "L1"},
    Owner{"taken while", "L2"},
    Owner{"though stop has overtaken it", "L4"},
    Owner{"stop: completes before", "L4"},
    Owner{"timers left", "L5"},
    Owner{"called while", "L5"},
    Owner{"unknown verdict", "D7"},
    Owner{"no reason for not sending", "D7"},
    Owner{"revision 0", "D9"},
    Owner{"unknown state", "D5"},
    Owner{"report: ", "D5"},
    Owner{"offer: ", "R1"},
    Owner{"answers more than 1 MiB", "O1"},
    Owner{"not UTF-8", "X1"},
    Owner{"without a code", "X1"},
    Owner{"unknown status", "X1"},
};

std::mutex mutex;
std::vector<std::string> noted;

std::string_view owner_of(const std::string& sentence)
{
    for (const auto& owner : owners)
        if (sentence.find(owner.words) != std::string::npos)
            return owner.check;
    return {};
}

}  // namespace

void note_misbehaviour(std::string_view sentence)
{
    const std::lock_guard lock(mutex);
    noted.emplace_back(sentence);
}

void judge_misbehaviours(std::string_view check)
{
    const std::lock_guard lock(mutex);
    for (const auto& sentence : noted) {
        const auto owner = owner_of(sentence);
        want(!owner.empty() && owner != check, sentence);
    }
}

}  // namespace conformance
