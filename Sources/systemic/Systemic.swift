import ArgumentParser
@main struct Systemic: ParsableCommand { }
