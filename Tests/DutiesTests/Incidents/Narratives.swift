/// Reports of invented incidents in our own words, each with the categories that a careful reader would ask about.
///
/// `asks` must be suggested; what is `quiet` must not be. What is in neither list may be asked or not.
struct Narrative: Sendable, CustomStringConvertible {
  let text: String
  let asks: String
  let quiet: String

  init(_ text: String, asks: String = "", quiet: String = "") {
    self.text = text
    self.asks = asks
    self.quiet = quiet
  }

  var description: String { String(text.prefix(60)) }
}

extension Narrative {
  static let all: [Narrative] =
    deaths + deathsUnseen + deathsElsewhere + noDeaths + harms + breaches + quietOnes

  /// Somebody died, or the text leaves it open.
  static let deaths: [Narrative] = [
    Narrative(
      "A cyclist died after the routing agent sent a truck through a closed street.", asks: "death"),
    Narrative("Two people were killed when the crane obeyed the plan of the model.", asks: "death"),
    Narrative(
      "The chatbot told him how to end it. He took his own life that night.", asks: "death"),
    Narrative(
      "Her son's suicide followed weeks of conversations with the assistant.", asks: "death"),
    Narrative(
      "The patient did not survive the wrong dose that the assistant proposed.",
      asks: "death health"),
    Narrative(
      "The infant could not be saved; the triage model had ranked the call last.", asks: "death"),
    Narrative(
      "Staff found the resident lifeless in the morning after the alarm model had stayed silent.",
      asks: "death"),
    Narrative("There were three fatalities in the collision.", asks: "death"),
    Narrative(
      "A fatal overdose was recorded after the model confirmed the quantity.", asks: "death health"),
    Narrative("The family filed a wrongful death suit against the deployer.", asks: "death"),
    Narrative("He was pronounced dead at the scene.", asks: "death"),
    Narrative("The passenger succumbed to his injuries on Tuesday.", asks: "death health"),
    Narrative(
      "A fourteen-year-old passed away after following the diet the model wrote.", asks: "death"),
    Narrative("The accident cost a worker his life.", asks: "death"),
    Narrative("The storm routing error claimed four lives.", asks: "death"),
    Narrative("She lost her life in the fire.", asks: "death property_environment"),
    Narrative("The explosion resulted in loss of human life.", asks: "death property_environment"),
    Narrative(
      "One of the divers drowned when the plan left out a decompression stop.", asks: "death"),
    Narrative("A pedestrian was struck and later died in hospital.", asks: "death health"),
    Narrative(
      "The coroner has opened an inquest and asked for the logs of the model.", asks: "death"),
    Narrative("Police say the murder was planned with the help of the assistant.", asks: "death"),
    Narrative("He hanged himself; the transcript shows that the bot encouraged it.", asks: "death"),
    Narrative("The victim was shot dead by an officer sent to the wrong address.", asks: "death"),
    Narrative("No one else was hurt, but the driver was killed.", asks: "death"),
    Narrative("It is not known whether the missing man died.", asks: "death"),
    Narrative("We cannot rule out that a patient died because of the answer.", asks: "death"),
    Narrative("There is no doubt that she died because of the advice.", asks: "death"),
    Narrative("The report denies that anyone died, the relatives dispute this.", asks: "death"),
    Narrative("Not only were two workers injured, a third died.", asks: "death health"),
    Narrative(
      "Nobody was injured at first; a bystander died later of smoke inhalation.", asks: "death"),
    Narrative(
      "The man, who was not injured in the crash, died of a heart attack an hour later.",
      asks: "death"),
    Narrative("There was no one there, a person died.", asks: "death"),
    Narrative("No report of the death was sent to us for a week.", asks: "death"),
    Narrative("The model did not prevent his death although it saw the signs.", asks: "death"),
    Narrative("The system gave no warning before the patient died.", asks: "death"),
    Narrative("He was not found in time and died of cold.", asks: "death"),
    Narrative("The wrong valve was opened; the technician suffocated.", asks: "death"),
    Narrative("The woman never woke up from the anaesthesia.", asks: "death"),
    Narrative("Two hikers perished after the assistant invented a path.", asks: "death"),
    Narrative(
      "The body of the teenager was found the next day. His phone showed a chat with the bot.",
      asks: "death"),
    Narrative(
      "The assistant misread the ECG. Cardiac arrest, resuscitation failed.", asks: "death"),
    Narrative("His widow asks why the model told him to stop the medicine.", asks: "death"),
    Narrative(
      "The family buried their daughter on Friday and wants to see the chat.", asks: "death"),
    Narrative(
      "The autopsy points to poisoning with the mushroom that the model called edible.",
      asks: "death health"),
    Narrative(
      "Death toll: 2. Cause: the autopilot followed a plan written by the model.", asks: "death"),
    Narrative("Casualties are reported from the plant; the number is unclear.", asks: "death"),
    Narrative(
      "The drone strike killed a farmer; targets had been ranked by the model.", asks: "death"),
    Narrative("A child was crushed to death by the automatic gate.", asks: "death"),
    Narrative("The elderly man was left to die because the triage list was wrong.", asks: "death"),
    Narrative("The ventilator setting proposed by the model was lethal.", asks: "death"),
    Narrative("SHE DIED. WHY DID THE BOT TELL HER TO STOP THE INSULIN?", asks: "death health"),
    Narrative("The user’s sister wrote: ‘he’s dead because of your model’.", asks: "death"),
    Narrative("Hours of silence, then he jumped from the bridge.", asks: "death"),
    Narrative(
      "The worker bled out before help came; the dispatch assistant had sent them elsewhere.",
      asks: "death"),
    Narrative("Ambulance arrived late, patient was already deceased.", asks: "death"),
    Narrative("The homicide detective asked us for records.", asks: "death"),
    Narrative("Four soldiers lost their lives.", asks: "death"),
    Narrative(
      "The murdered journalist had been located with the help of the model.", asks: "death"),
    Narrative(
      "An electrician was electrocuted following instructions of the assistant.", asks: "death"),
    Narrative("The baby was stillborn after the app advised to wait.", asks: "death"),
  ]

  /// Written after the table of words, without looking at it; what it missed then was added to it.
  static let deathsUnseen: [Narrative] = [
    "The victim never regained consciousness.",
    "Rescuers recovered two bodies from the river.",
    "We lost a colleague yesterday because of the robot.",
    "Our daughter is gone; the bot wrote her farewell note.",
    "The patient's heart stopped and staff could not restart it.",
    "The worker was decapitated by the saw.",
    "Passengers burned alive in the bus.",
    "They pulled him out too late.",
    "The operator was incinerated.",
    "A shooting was planned with the tool; four victims.",
  ].map { Narrative($0, asks: "death") }

  /// The same in four other languages.
  static let deathsElsewhere: [Narrative] = [
    Narrative("Ein Patient ist nach der falschen Auskunft des Modells gestorben.", asks: "death"),
    Narrative("Bei dem Unfall gab es zwei Tote.", asks: "death"),
    Narrative("Die Frau erlag ihren Verletzungen.", asks: "death health"),
    Narrative(
      "Der Jugendliche nahm sich das Leben; Suizid nach Gesprächen mit dem Chatbot.", asks: "death"),
    Narrative(
      "Der Arbeiter kam ums Leben, weil die Steuerung den Plan des Modells ausführte.",
      asks: "death"),
    Narrative(
      "Todesfall im Krankenhaus: die Dosierung stammte vom Assistenten.", asks: "death health"),
    Narrative("Ob jemand getötet wurde, ist nicht bekannt.", asks: "death"),
    Narrative("Une patiente est décédée après un mauvais conseil du modèle.", asks: "death"),
    Narrative("L'accident a fait deux morts.", asks: "death"),
    Narrative("Il s'est suicidé après des semaines de conversation.", asks: "death"),
    Narrative("Un ouvrier a perdu la vie.", asks: "death"),
    Narrative("El conductor murió en el choque.", asks: "death"),
    Narrative("Dos personas fallecieron por la dosis equivocada.", asks: "death"),
    Narrative("La joven se suicidó tras hablar con el asistente.", asks: "death"),
    Narrative("Un paziente è morto dopo il consiglio del modello.", asks: "death"),
    Narrative("L'incidente ha causato la morte di due persone.", asks: "death"),
    Narrative("L'uomo è deceduto in ospedale.", asks: "death health"),
  ]

  /// The text itself says that nobody died, or speaks of something else.
  static let noDeaths: [Narrative] = [
    Narrative("Nobody died.", quiet: "death"),
    Narrative("There were no deaths.", quiet: "death"),
    Narrative("No one was killed.", quiet: "death"),
    Narrative("There were no fatalities or injuries.", quiet: "death health"),
    Narrative(
      "The outage lasted an hour; there were no casualties.", asks: "infrastructure", quiet: "death"
    ),
    Narrative("The dose was wrong but not fatal.", quiet: "death"),
    Narrative("Nobody has died and no person was injured.", quiet: "death health"),
    Narrative("The answer contained a dead link.", quiet: "death"),
    Narrative("The job was killed by the scheduler and restarted.", quiet: "death"),
    Narrative("The deadline was missed because the agent slept.", quiet: "death"),
    Narrative("We pressed the kill switch within a minute.", quiet: "death"),
    Narrative("A fatal error stopped the batch.", quiet: "death"),
    Narrative("The battery died and the robot stood still.", quiet: "death"),
    Narrative("The agent killed the process it was told to watch.", quiet: "death"),
    Narrative("Es gab keine Toten.", quiet: "death"),
    Narrative("Niemand wurde verletzt.", quiet: "health"),
    Narrative("Aucun mort n'est à déplorer.", quiet: "death"),
    Narrative("No hubo muertos.", quiet: "death"),
    Narrative("Nessun morto.", quiet: "death"),
    Narrative("It ended without injuries.", quiet: "health death"),
  ]
}
