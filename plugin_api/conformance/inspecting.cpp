#include "inspecting.hpp"

#include <channel/host.hpp>

namespace conformance {
namespace {

void print_ids(std::ostream& out, const char* title, const char* const* ids)
{
    out << title;
    for (; *ids != nullptr; ++ids)
        out << *ids << (ids[1] != nullptr ? ", " : "");
    out << '\n';
}

}  // namespace

bool print_description(std::ostream& out, const std::filesystem::path& file)
try {
    // What it needs of a host does not matter here: nothing of it runs.
    auto needs = std::vector<std::string>{};
    std::optional<channel::Library> library;
    try {
        library = channel::Library::load(file);
    } catch (const channel::Error& error) {
        if (error.code() != "missing_extension")
            throw;
        out << "needs of its host:  " << error.text() << '\n';
        return true;
    }
    const auto& plugin = library->plugin();
    out << "type:             " << plugin.type << "\nname:             " << plugin.name
        << "\nversion:          " << plugin.version << "\ntoolchain:        " << plugin.toolchain
        << "\ncontract:         " << plugin.abi_major << '.' << plugin.abi_minor
        << "\ncapabilities:     " << plugin.capabilities << "\nsettings schema:  " << plugin.settings_schema
        << '\n';
    print_ids(out, "needs:            ", plugin.needs);
    print_ids(out, "offers:           ", plugin.offers);
    return true;
} catch (const channel::Error& error) {
    out << error.text() << '\n';
    return false;
}

}  // namespace conformance
