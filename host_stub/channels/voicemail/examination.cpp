#include "voicemail/examination.hpp"

#include <unistd.h>

namespace voicemail {
namespace {

namespace fs = std::filesystem;
using Level = channel::Examined::Level;

// The folder itself, or the nearest one above it that is there already.
fs::path nearest(fs::path folder)
{
    std::error_code unknown;
    while (!fs::exists(folder, unknown) && folder.has_relative_path())
        folder = folder.parent_path();
    return folder;
}

channel::Examined examine_folder(const std::string& mailbox, const fs::path& folder)
{
    channel::Examined step{.account = mailbox, .step = "folder"};
    const auto there = nearest(folder);
    std::error_code unknown;
    if (!fs::is_directory(there, unknown)) {
        step.level = Level::wrong;
        step.text = there.string() + " is no folder";
        step.remedy = "Name another \"directory\" in the channel's settings, or move the file away.";
    } else if (::access(there.c_str(), R_OK | W_OK | X_OK) != 0) {
        step.level = Level::wrong;
        step.text = there.string() + " cannot be written to";
        step.remedy = "Give it to the user that the host runs as.";
    } else {
        step.text = folder.string() + (there == folder ? " can be written to" : " will be made at start");
    }
    return step;
}

}  // namespace

std::vector<channel::Examined> examine(const Settings& settings)
{
    std::vector<channel::Examined> steps;
    for (const auto& mailbox : settings.mailboxes)
        steps.push_back(examine_folder(mailbox, settings.directory / mailbox));
    return steps;
}

}  // namespace voicemail
