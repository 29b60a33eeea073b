/// What a channel says of customers' files, without running: through the contract, as any host could ask.
#pragma once

#include "replay/scenario.hpp"

#include "yaml.hpp"

#include <channel/host.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace replay {

/// Hands the files to the channel to be looked at; gives its findings. Nothing of them is taken.
/// Throws channel::Error where it cannot be asked.
[[nodiscard]] host::Complaints
findings(const std::vector<std::filesystem::path>& customers, const channel::Library& library);

/// The channel's texts of these customers, as inspect("texts") gives them: JSON.
[[nodiscard]] std::string
texts(const std::vector<std::filesystem::path>& customers, const channel::Library& library);

/// The same for the policy and messages of a scenario: file, line and column are the scenario's.
[[nodiscard]] host::Complaints complaints_about_customer(const Scenario& scenario, const channel::Library& library);

}  // namespace replay
